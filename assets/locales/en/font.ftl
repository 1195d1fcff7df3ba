# What is wrong with the show's own fonts.
font-folder = { $path }: the folder of fonts cannot be read: { $reason }; check its name and your rights to it
font-unreadable = { $path }: the file cannot be read: { $reason }
font-large = { $path }: the file has { $mib } MiB; a font may have { $most }
font-broken = { $path }: this is no font that can be read; copy it again, or save it as TTF or OTF
font-unusable = { $path }: no character of it can be found: it is damaged; copy it again
font-known = { $path }: its family "{ $family }" is one that the program carries; take it away
font-many = { $path }: only the first { $most } fonts are taken, by name; take away what the show does not need
