//! Media: films and stills of the show, verified before air, decoded ahead of the show's time.
