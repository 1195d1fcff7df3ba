# 操作员的问题列表：{ $detail } 是具体内容，.do 是该怎么办。

problem-feed-lost = 与计分系统的连接：{ $detail }
    .do = 画面保持不变，正在不断重连。请检查地址、网线以及计分系统是否在运行。
problem-feed-refused = 计分系统的消息：{ $detail }
    .do = 画面保持不变。请计分系统操作员更正后重发该事件。
problem-feed-unknown = 计分系统的事件：{ $detail }
    .do = 播出内容没有损失。本程序的版本可能比计分系统旧。
problem-feed-gap = 事件次序：{ $detail }
    .do = 正在重新索取。若一直如此，请将播出的分数与计分系统核对。
problem-feed-missing = 缺失的事件：{ $detail }
    .do = 节目照常进行。请将播出的分数与计分系统核对；收到完整状态后即告结束。

clock-ahead = 计分系统事件的时间戳比其时钟快 { $seconds } 秒；时钟走到时画面才会出现

problem-clock = 时钟：{ $detail }
    .do = 倒计时的误差可能达到该数值。请检查网络负载。
problem-arithmetic = 数字核对：{ $detail }
    .do = 播出的是计分系统的数字。请裁判核对，并在计分系统中更正。
problem-theme = 主题：{ $detail }
    .do = 上一个正确的主题继续播出。请改正所指出的位置并保存。
problem-font = 字体：{ $detail }
    .do = 其余字体照常使用。请修复或移除该文件后重新启动。
problem-tape = 录制文件：{ $detail }
    .do = 其余内容照常播放。请修复或删除该行。
problem-journal = 录制：{ $detail }
    .do = 节目照常进行，但重启后会丢失。请清理磁盘空间，或另选文件夹。
problem-sound = 声音：{ $detail }
    .do = 画面不受影响。请检查声音设备及连线。
problem-sink = 输出：{ $detail }
    .do = 节目和其他输出照常，这一路会自动重试。
problem-renderer = 画面：{ $detail }
    .do = 上一个正确的画面保持播出。请运行 leitai doctor。
problem-reconciled = 计分系统恢复：{ $detail }
    .do = 画面已以计分系统为准。若操作台的才正确，请在计分系统中更正。
problem-remote = 远程控制：{ $detail }
    .do = 没有任何改动。请检查对方的令牌和地址。
problem-incident = 故障包：{ $detail }
    .do = 节目不受影响。请把文件交给工程师；其中没有令牌。
problem-refused = 未执行：{ $detail }
    .do = 什么都没有改变。
problem-edit = 编辑录像：{ $detail }
    .do = 原文件不变；撤销这一步，或一并改正它影响到的事件。
problem-settings = 设置：{ $detail }
    .do = 播出不受影响。改正文件后重新启动即可。
problem-panel = 控制台：{ $detail }
    .do = 播出不受影响。按“重试”，仍不行就用事故包告诉工程师。
