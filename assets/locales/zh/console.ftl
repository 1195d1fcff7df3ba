# 控制台。

times = { $count } 次

app-console-closed = 控制台已关闭，节目继续播出。在节目窗口按 F1 可再次打开。
app-program-stays = 节目窗口不能单独关闭：请在控制台退出。
app-program-reopened = 节目窗口被外部关闭，已重新打开。
app-no-monitor = 没有这个显示器：{ $monitor }（{ $there }）。节目以普通窗口打开。
app-program = 擂台 · 节目
app-host = 擂台 · 主持人屏
app-host-closed = 主持人屏已关闭，节目继续播出。按 F2 可再次打开。
app-host-on-program = 为主持人屏指定的显示器上正在播出节目。主持人屏以普通窗口打开。
app-host-no-room = 主持人屏没有打开：节目占满了屏幕。请用 --host-monitor 指定另一个显示器。
app-no-host-monitor = 没有这个显示器：{ $monitor }（{ $there }）。主持人屏以普通窗口打开。

console-title = 擂台 · 控制台
console-quit = 退出
console-quit-sure = 再按退出
console-live = 直播
console-offline = 断线
console-ended = 已结束
console-playing = 排练 · 播放
console-paused = 排练 · 暂停
console-muted = 已静音
console-mute = 静音
console-no-sound = 无声
console-sound = 声音
console-all-well = 一切正常
console-problem-count = { $count } 个问题
console-no-picture = 尚无画面
console-connected = 已连接
console-connecting = 正在连接
console-waiting = 等待重连
console-stopped = 已停止
console-clock-error = 时钟误差
console-events = 事件
console-reconnects = 重连
console-gaps = 缺口
console-refused = 拒收
console-not-recorded = 尚未录制
console-log = 事件
console-problems = 问题
console-no-problems = 没有未处理的问题
console-ago = { $span } 前
console-over = 已恢复
console-acknowledge = 知道了
console-reopen-sound = 重新打开
