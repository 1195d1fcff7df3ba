# 远程控制：为什么没有开启，以及为什么拒绝某个客户端（.do 是客户端该怎么办）。

control-listen = 远程控制无法监听 { $addr }：{ $error }。端口可能被别的程序占用，请用 --control 换一个
control-token-file = 无法在 { $path } 生成远程控制的令牌：{ $error }；请让该文件夹可写，或用 --control-token-file 指定文件
control-same-token = { $operate } 与 { $view } 里的令牌相同，只能查看的人也能操作；请给其中一个换上别的令牌
control-token-short = { $path } 中的令牌只有 { $length } 个字符，至少需要 { $least } 个
control-no-folder = 没有可存放远程控制令牌的文件夹（未设置 HOME）；请用 --control-token-file 指定文件
control-thread = 无法启动远程控制的线程：{ $error }

control-at = 远程控制：{ $addr }；令牌在 { $file }
control-osc-at = OSC 监听于 { $addr }
control-in-clear = 远程控制监听 { $addr }，不限于本机：令牌会在网络上明文传输。请使用专用网络。

control-turned = { $who }：{ $reason }

control-no-token = 没有令牌。
    .do = 请加请求头 Authorization: Bearer TOKEN；WebSocket 也可把 {"{"}"token":"TOKEN"{"}"} 作为第一条消息。
control-wrong-token = 令牌不对。
    .do = 请从程序启动时给出的文件里重新复制。
control-guessing = 这个地址送来了太多不同的错误令牌；{ $seconds } 秒后才会查看下一个。
    .do = 请稍候，并从令牌文件里取正确的令牌。已打开的连接不受影响。
control-view-only = 这个令牌只能查看，不能操作。
    .do = 发命令请用操作员的令牌；用这个令牌可通过 GET /v1/state 和 WebSocket 查看状态。
control-token-in-url = 网址里带有令牌，而网址会被记录。
    .do = 请把令牌放进请求头 Authorization: Bearer TOKEN，并换一个新令牌：这一个可能已被看到。
control-late = { $seconds } 秒内没有给出令牌。
    .do = 请把 {"{"}"token":"TOKEN"{"}"} 作为第一条消息。
control-origin = 网页 { $origin } 不得控制操作台。
    .do = 请使用程序，或操作台自己地址上的网页。
control-host = 操作台不叫“{ $host }”。
    .do = 请使用它的地址（如 127.0.0.1）或 localhost。
control-too-large = 消息超过 { $most } 字节。
    .do = 请一次少发一些。
control-not-text = 消息是二进制；命令应为文本。
    .do = 请以文本消息发送 JSON。
control-not-json = 这不是 JSON：{ $reason }
    .do = 请发送对象，例如 {"{"}"command":"hold","on":true{"}"}。
control-command = 这不是命令：{ $reason }
    .do = GET /v1/schema 列出了所有命令。
control-osc = 这条 OSC 消息无法使用：{ $reason }
    .do = 地址和参数见说明书。
control-sender = 不接受这个发送者的 OSC。
    .do = 请用 --osc-from 加上发送者的地址启动程序。
control-no-route = 这里没有 { $path }。
    .do = GET /v1/schema 列出了所有动词。
control-method = { $path } 要用 { $method } 请求。
    .do = 请改用该方法。
control-too-fast = 每秒超过 { $most } 个请求。
    .do = 请放慢后重发；这一条没有执行。
control-too-many = 客户端同时超过 { $most } 个。
    .do = 请关闭一个再连接。
control-busy = 操作台正忙：等待的命令太多。
    .do = 请稍后重发；这一条没有执行。
control-no-answer = 程序没有及时答复。
    .do = 重发之前请先看状态：它可能仍会执行。
control-refused =
    .do = 没有任何改变。
