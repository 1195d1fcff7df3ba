# 命令行的结果和提示。

cli-exporting = 正在渲染 { $file }
cli-exported = 已写入：{ $file }
cli-recorded = 已录制到 { $file }

check-good = { $path }：正常
check-sum = 发现的问题：{ $count }
