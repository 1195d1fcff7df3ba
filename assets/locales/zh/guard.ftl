# 负责重启节目的父进程。

guard-again = 节目进程已中断：{ $why }。正在重新启动（第 { $count } 次），画面从录制恢复。
guard-restarted = 本场程序已重新启动 { $count } 次；最近一次的原因：{ $why }
guard-alone = 负责重启本程序的进程已不在：画面照常播出，但再出故障时无人拉起
guard-no-display = 显示服务已断开。恢复后立即重新启动节目。
guard-broke = 程序崩溃（{ $signal }）
guard-killed = 进程被终止（信号 { $signal }）
guard-exited = 程序自行退出，退出码 { $code }
guard-hung = 程序卡死：{ $seconds } 秒没有任何动静
guard-unstarted = 无法启动
guard-start = 无法把节目作为独立进程启动（{ $reason }）；请加 --no-supervise 再试
