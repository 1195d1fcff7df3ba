# 与计分系统的连接。

feed-address = 计分系统的地址“{ $url }”：{ $reason }；请写成 ws://主机:端口/路径 或 wss://主机/路径
feed-secret-in-address = 地址里含有用户名、密码或令牌，而进程列表会显示地址；请把令牌写进文件，用 --token-file 指定
feed-token = 令牌里有 HTTP 头不能携带的字符；请写成不换行的纯 ASCII
feed-ca = 证书文件 { $path }：{ $reason }；应为 PEM 文件，至少含一张证书
feed-roots = 系统里没有根证书（{ $reason }）；请安装 ca-certificates，或用 --ca 指定文件
feed-tls = TLS 无法启用：{ $reason }
feed-thread = 连接所用的线程无法启动：{ $reason }
feed-unreachable = 无法连接 { $url }：{ $reason }；正在不断重试
feed-http = { $url } 返回 HTTP { $status }；请检查地址
feed-unauthorized = { $url } 拒绝了令牌；请检查 --token-file
feed-certificate-expired = { $url } 的证书已过期；请更新服务器的证书，若本机时钟不准请先校准
feed-certificate-early = { $url } 的证书尚未生效；请校准本机或服务器的时钟
feed-certificate-name = { $url } 的证书属于另一台主机；请按证书上的主机名书写地址，或为这台主机签发证书
feed-certificate-issuer = { $url } 的证书不是由本机信任的机构签发；请用 --ca 指定签发它的机构
feed-certificate = { $url } 的证书未被接受（{ $reason }）；请为服务器换上由机构为该主机签发的证书
feed-in-clear = 令牌以明文发往 { $url }，同一网络上的人都能读到；请改用 wss://，或使用专用网络
token-read = 无法从 { $path } 读取令牌：{ $error }；请指定存放令牌的文件
token-open = 本机其他用户能读写 { $path }，令牌已不保密；请执行：chmod 600 { $path }
token-empty = { $path } 里没有令牌；请写入一行文本
feed-subprotocol = { $url } 不支持 { $subprotocol }；请检查地址
feed-version = 服务器使用协议版本 { $server }，本程序为 { $own }；请更新其中一方
feed-no-welcome = 服务器没有发送 welcome，而是：{ $said }
feed-lost = 连接中断：{ $reason }；正在重连并续传
feed-silent = 服务器已 { $silent_ms } 毫秒没有任何消息；正在重连并续传
feed-unreadable = 一条消息使连接断开：{ $reason }；正在重连并续传
feed-binary = 拒收 { $bytes } 字节的二进制消息；数据应为文本
feed-gap = 事件 { $from } 至 { $to } 未按时到达；正在重连并索取
feed-gap-unfilled = 事件 { $from } 至 { $to } 始终未到；节目继续，请核对屏幕上的分数
feed-epoch = 计分系统已重置：“{ $from }”结束，“{ $to }”开始；此前内容作废
feed-server = 服务器报错（{ $code }）：{ $message }
feed-clock-set = 服务器时钟被调整了 { $by_ms } 毫秒；画面上的时间不会跳变

serve-empty = 录制里没有可以提供的事件
serve-speed = 速度 { $speed } 不可行；请写大于 0 的数，例如 0.5 或 4
serve-snapshot = 录制里有快照（在事件 { $seq }），其时刻不能移动；请以速度 1 提供一遍，或从第一个事件起录制
serve-listen = 无法在 { $addr } 上监听：{ $error }；请用 --listen 换一个地址
serve-thread = 服务器的线程无法启动：{ $reason }

feed-too-large = 拒收消息：{ $bytes } 字节，上限 { $limit }；请让计分系统一次少发一些
feed-not-utf8 = 拒收消息：第 { $at } 字节起不是 UTF-8
feed-not-json = 拒收消息：不是 JSON 对象（{ $reason }）
feed-no-type = 拒收消息：缺少 `type`
feed-control = 拒收 `{ $message }` 消息：字段 `{ $field }`：{ $reason }
feed-event-version = 拒收事件 { $seq }：信封版本 { $version }，本程序为 { $own }
feed-unknown-type = 跳过事件 { $seq }：未知类型“{ $event }”；画面保持不变
feed-field = 拒收事件 { $seq }（{ $event }）：字段 `{ $field }`：{ $reason }
