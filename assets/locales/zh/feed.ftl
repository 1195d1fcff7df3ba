# 与计分系统的连接。

feed-address = 计分系统的地址“{ $url }”：{ $reason }；请写成 ws://主机:端口/路径 或 wss://主机/路径
feed-secret-in-address = 地址里含有用户名或密码；请把令牌写进文件，用 --token-file 指定
feed-token = 令牌里有 HTTP 头不能携带的字符；请写成不换行的纯 ASCII
feed-ca = 证书文件 { $path }：{ $reason }；应为 PEM 文件，至少含一张证书
feed-roots = 系统里没有根证书（{ $reason }）；请安装 ca-certificates，或用 --ca 指定文件
feed-tls = TLS 无法启用：{ $reason }
feed-thread = 连接所用的线程无法启动：{ $reason }
feed-unreachable = 无法连接 { $url }：{ $reason }；正在不断重试
feed-http = { $url } 返回 HTTP { $status }；请检查地址
feed-unauthorized = { $url } 拒绝了令牌；请检查 --token-file
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
serve-plan = 故障计划第 { $line } 行“{ $text }”不是故障；请写时刻和届时发生的事，例如 2.5s cut 300ms、10s hush 15s、30s drop 2、1m reset，或写 seed 17 随机抽取二十个故障

feed-too-large = 拒收消息：{ $bytes } 字节，上限 { $limit }；请让计分系统一次少发一些
feed-not-utf8 = 拒收消息：第 { $at } 字节起不是 UTF-8
feed-not-json = 拒收消息：不是 JSON 对象（{ $reason }）；画面保持不变，请计分系统重发
feed-no-type = 拒收消息：缺少 `type`
feed-control = 拒收 `{ $message }` 消息：字段 `{ $field }`：{ $reason }；画面保持不变，请计分系统改正后重发
feed-event-version = 拒收事件 { $seq }：信封版本 { $version }，本程序为 { $own }
feed-unknown-type = 跳过事件 { $seq }：未知类型“{ $event }”；画面保持不变
feed-field = 拒收事件 { $seq }（{ $event }）：字段 `{ $field }`：{ $reason }；节目照常进行，请计分系统更正
