# 操作台：被拒绝的操作，以及系统恢复后大屏与系统不一致之处。

refusal-held = 画面已在保持中；可放行排队的内容，或恢复跟随。
refusal-not-held = 画面未保持，没有等待放行的内容；请先按保持。
refusal-nothing-held = 没有等待放行的内容：上次放行后没有新事件。
refusal-marked-live = 直播中不能打开彩排标记；它只用于彩排。
refusal-follows = 画面已与计分系统一致，操作台没有另外改动。

differ-none = 无
differ-score = { $team }：画面上是 { $program }，计分系统是 { $feed }
differ-question = 题目：画面上是 { $program }，计分系统是 { $feed }
differ-countdown = 倒计时与计分系统不一致
differ-slate = 全屏板与计分系统不一致
differ-lower-third = 人名条与计分系统不一致
differ-round = 环节与计分系统不一致
differ-turn = 答题队与计分系统不一致

refusal-nothing-loaded = 没有备好的内容；请先在预监中备好一项。
refusal-no-next = 画面上没有可以再翻一步的内容（全屏板的下一行、颁奖的下一项）。
refusal-nothing-on = 没有可以结束的内容（{ $group }）。
refusal-nothing-to-update = 画面上没有可以修改的全屏板或人名条，也没有备好的内容。
refusal-no-tape = 直播中没有录像可以播放、跳转或编辑；这些只用于彩排。
refusal-not-here = 现在不能这样做。
refusal-no-bookmark = 这个书签还没有记下位置。
refusal-none-there = 那个方向上没有了。
refusal-language = 没有“{ $lang }”这种语言；可选 zh、en。
refusal-no-theme = 预监里没有另选的主题。
refusal-no-cue = 没有这个音效：{ $cue }。
refusal-remote-file = 远程只能读写程序所在文件夹中的 .tape.ndjson 文件，主题只能用名称；其他位置请在操作台操作。
refusal-unsaved = 有未保存的编辑；请先保存或撤销。
refusal-no-file = { $path } 不是文件。
refusal-words = 没有“{ $lang }”这种画面文字；可选 zh、en、zh-Hant。
