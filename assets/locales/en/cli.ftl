# Results and hints of the command line.

severity-notice = note

cli-exporting = Rendering { $file }
cli-exported = Written: { $file }
cli-recorded = Recorded to { $file }

check-good = { $path }: good
check-sum = Findings: { $count }
check-glyphs = event { $seq }: no font has { $glyphs }; write it otherwise
check-overflow = event { $seq }: "{ $text }" does not fit; shorten it
