# 事情做不成的原因。

app-no-display = 这里没有显示器（未设置 DISPLAY）。请使用 leitai still、leitai export 或 leitai live --headless。
app-renderer = 画面渲染失败，程序只能结束。请重新启动；已录制的场次用 --tape 接着播。

cli-never-connected = 时间已到，始终没有连上计分系统；请检查地址，并确认它正在运行。{ $last }
cli-embedded = 内置节目无法读取：{ $reason }；程序编译有误
cli-after-end = { $at } 超过了录制的结尾 { $end }
cli-no-event = 没有事件 { $seq }；录制的最后一个是 { $last }

error-read = { $path } 无法读取：{ $reason }
error-write = { $path } 无法写入：{ $reason }

cli-print = 结果无法写到标准输出：{ $reason }
cli-json = 结果无法写成 JSON：{ $reason }
cli-papers = { $told }
cli-overwrites = { $path } 不能写入：它是输入文件之一（{ $input }）；请给录制另起一个名字
cli-rules = 竞赛规则 { $name }：{ $source }
cli-rulebook = 竞赛规则 { $name } 无法读取：{ $reason }；请写文件名，或内置规则的名称：{ $known }

usage-time = “{ $text }”不是时间；请写成 01:23.400、1:02:03、83.4s 或 83400ms
usage-rate = “{ $text }”不是帧率；请写 25、50、60，或 60000/1001 这样的分数，最高 240
usage-size = “{ $text }”不是尺寸；请写宽 x 高（像素），例如 1920x1080，都是 16 到 16384 之间的偶数
usage-pace = “{ $text }”不是节奏；请写 0.1 到 100 之间的数，例如 4 或 0.5

journal-exists = { $path }：这里已有录制文件，绝不覆盖；请换个名字，或把它移走
journal-open = { $path }：录制文件无法打开写入（{ $source }）；请检查文件夹及其权限
journal-write = { $path }：录制无法写入（{ $source }）；节目照常进行，缺少的内容在腾出空间后补写
journal-sync = { $path }：磁盘没有确认写入的内容（{ $source }）；断电可能丢失
journal-read = { $path }：录制文件无法读取（{ $source }）
journal-tape = { $path }：{ $source }

export-kind = { $path }：导出的应是影片（.mp4、.mov、.webm）或文件夹（名称以 / 结尾）
export-empty = 没有可导出的内容：结尾（{ $to_ms } 毫秒）不在开头（{ $from_ms } 毫秒）之后
export-no-moment = 这一段里没有节目的任何时刻；要做小图总览，请选长一些
export-taken = { $path } 里有别的东西；请移走，或换一个导出文件名
export-no-ffmpeg = 影片需要 ffmpeg，这里没有（{ $reason }）；请安装（apt-get install ffmpeg），或导出到文件夹
export-ffmpeg = ffmpeg 未能生成 { $path }：{ $reason }
sink-open = { $name }：无法写入 { $path }：{ $reason }
sink-no-reader = { $name }：管道 { $path } 没有程序在读取，请启动读取它的程序
sink-gone = { $name }：接收 { $path } 画面的一方已断开：{ $reason }
sink-name = { $name }：“{ $memory }” 不能作共享内存的名字，只可用字母、数字、- 和 _
sink-no-ffmpeg = { $name }：这路输出需要 ffmpeg，但本机没有（{ $reason }），请安装（apt-get install ffmpeg）
sink-ended = { $name }：送往 { $to } 的 ffmpeg 已退出：{ $said }
sink-stalled = { $name }：送往 { $to } 的 ffmpeg 有 { $seconds } 秒没有接收画面，已将其结束
sink-behind = { $name }：接收这路输出的一方已落后数秒；请降低画面大小或帧率，或检查对方是否停住
sink-full = { $name }：{ $to } 所在的磁盘已满（剩余 { $free }），请腾出空间，录制会自动继续
export-encoder = 编码器 { $encoder } 在这台机器上不能用；请去掉 --encoder，或用 auto、{ $known } 之一
export-stopped = 已停止：{ $frames } 帧中完成了 { $done } 帧；再次运行同一条命令即从那里继续
export-picture = { $path } 无法作为图片读取：{ $reason }
export-scene = { $scene } 的画面无法绘制：{ $source }
export-stage = { $at_ms } 毫秒处的画面无法绘制：{ $source }

tape-torn = 第 { $line } 行：最后一行不完整（{ $bytes } 字节，{ $reason }）；已忽略，此前的内容完整
tape-line = 第 { $line } 行：已跳过：{ $reason }
tape-no-header = 第 1 行：没有文件头（`{"{"}"tape":1,…{"}"}`）：{ $reason }；照样读取
tape-more = 从第 { $line } 行起另有 { $count } 行无法读取，已跳过
tape-gap = 第 { $line } 行：在此之前缺少事件 { $from } 至 { $to }；它们改变了什么不得而知
tape-version = 第 1 行：录制文件版本 { $version }，本程序读取版本 { $own }；请用录制它的程序
tape-not-a-tape = 不是录制文件：第 1 行不是文件头（{ $reason }），也没有一行是事件；录制文件以 {"{"}"tape":1,…{"}"} 开头

simulate-teams = 竞赛规则要 { $needed } 队，名单里有 { $there } 队；请给出 { $needed } 队的名单
simulate-players = 队“{ $team }”有 { $there } 名选手，环节“{ $round }”要 { $needed } 名；请在名单里补上选手
simulate-questions = 环节“{ $round }”要 { $needed } 道题（题型 { $kinds }），题库里只剩 { $there } 道；请补充题目
simulate-twice = 题“{ $id }”给了两次；每个题库只给一次，每道题用自己的编号

sound-no-device = 没有声音：本机没有默认声音设备。节目照常进行；请连接声音设备或启动声音服务，再重新打开声音。
sound-refused = 没有声音：声音设备无法打开（{ $reason }）。节目照常进行；请看是否被别的程序占用，再重新打开声音。
sound-no-format = 没有声音：声音设备没有可用的格式。节目照常进行；请换一个默认设备，再重新打开声音。
sound-no-clock = 没有声音：混音器不接受设备的时钟。节目照常进行；请重新打开声音。
sound-no-thread = 没有声音：本机没有可用的线程（{ $reason }）。节目照常进行；请关闭其他程序，再重新打开声音。
sound-panicked = 没有声音：打开声音系统时失败（{ $reason }）。请检查本机的 ALSA 设置。

stage-no-adapter = 没有可用的图形适配器：请安装 Vulkan 驱动（mesa-vulkan-drivers 用处理器绘制）。
stage-raster = 无法绘制 { $width }×{ $height } 像素的画面：每边应为 1 到 { $largest } 像素。
stage-not-ready = 画面 { $seconds } 秒后仍未就绪：本程序的着色器或字体在这个适配器上无法加载；leitai doctor 会列出适配器。

io-not-found = 没有这个文件或文件夹（{ $system }）
io-permission-denied = 没有权限（{ $system }）
io-already-exists = 已经存在（{ $system }）
io-storage-full = 磁盘已满（{ $system }）
io-read-only = 磁盘是只读的（{ $system }）
io-is-a-directory = 这是一个文件夹（{ $system }）
io-not-a-directory = 路径中有一段不是文件夹（{ $system }）
io-addr-in-use = 这个地址已被占用（{ $system }）
io-addr-not-available = 本机没有这个地址（{ $system }）

list-join = {"；"}
