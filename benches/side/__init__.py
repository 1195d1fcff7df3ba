"""Side by side: leitai and what one would use otherwise, measured in turns on one machine."""
