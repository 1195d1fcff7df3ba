# Results and hints of the command line.

cli-exporting = Rendering { $file }
cli-exported = Written: { $file }
cli-export-anew = { $folder } held parts of another export; they are gone, and this one begins anew.
cli-export-resumed = Going on with the export that was begun: { $frames } frames are there.
cli-recorded = Recorded to { $file }

check-good = { $path }: good
check-sum = Findings: { $count }
