# Results and hints of the command line.

cli-exporting = Rendering { $file }
cli-exported = Written: { $file }
cli-recorded = Recorded to { $file }

check-good = { $path }: good
check-sum = Findings: { $count }
