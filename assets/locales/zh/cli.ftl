# 命令行的结果和提示。

severity-notice = 提示

cli-exporting = 正在渲染 { $file }
cli-exported = 已写入：{ $file }
cli-recorded = 已录制到 { $file }

check-good = { $path }：正常
check-sum = 发现的问题：{ $count }
check-glyphs = 事件 { $seq }：没有字体有 { $glyphs }；请换一种写法
check-overflow = 事件 { $seq }：“{ $text }”放不下；请缩短
