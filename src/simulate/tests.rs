//! A contest keeps its word: the same seed the same bytes, the arithmetic the reducer's, every missing thing named.
