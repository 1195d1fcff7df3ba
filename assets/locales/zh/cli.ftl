# 命令行的结果和提示。

cli-exporting = 正在渲染 { $file }
cli-exported = 已写入：{ $file }
cli-export-anew = { $folder } 里是另一次导出的部分，已丢弃；从头开始。
cli-export-resumed = 继续上次的导出：已完成 { $frames } 帧。
cli-recorded = 已录制到 { $file }

check-good = { $path }：正常
check-sum = 发现的问题：{ $count }
