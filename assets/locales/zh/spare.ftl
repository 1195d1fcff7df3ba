# 备机：备机收到什么，两边操作员看到什么。

problem-spare-lost = 备机：{ $detail }
    .do = 两台机器的画面都在继续。请检查两机之间的网线、另一台是否在运行、地址是否正确；线路会自动恢复，什么都不会丢。
problem-spare-differs = 备机：{ $detail }
    .do = 两边画面都在继续。请对照两边的画面，用现场切换台切到正确的一台；再把两机的主题、字体、视频和版本统一，或重新启动备机。
problem-spare-role = 备机：{ $detail }
    .do = 一个操作台主持节目，另一台照做。在哪台机器上按接管键，哪台就是主机。
problem-spare-two = 备机：{ $detail }
    .do = 请商定由哪个操作台继续，在那台上按接管键：另一台随即退为备机并照做。

refusal-stands-by = 本机是备机，操作台跟随主机；请先接管，再由本机操作。
refusal-is-main = 本机已经是主机，无须接管。
refusal-no-pair = 没有第二台机器：备机用 `leitai live URL --spare-of 地址:端口` 启动。

spare-address = 主机地址“{ $url }”不可用；请写成 ws://地址:端口，即主机远程控制的地址
spare-token = { $url } 不接受此令牌；请把主机的远程控制令牌复制过来，用 --spare-token-file 指明
spare-http = { $url } 回应 HTTP 状态 { $status }，不是此版本直播的远程控制
spare-late = { $url } 在 { $within_ms } 毫秒内没有回应
spare-unreachable = 连不上 { $url }：{ $reason }
spare-no-answer = { $peer } 有回应但没有继续；它可能已有备机，或版本不同
spare-unreadable = 另一台机器发来的内容读不懂（{ $reason }）；请在两台上用同一版本
spare-lost = 与备机（{ $peer }）的线路断开，此刻无人可接管
spare-main-lost = 与主机（{ $peer }）的线路断开
spare-second = 未接受第二台备机（{ $peer }）：已有一台

spare-took-over = { $ms } 毫秒没有主机的消息，本机已自动接管：由本机操作台主持节目，声音已打开
spare-took-over-by-hand = 本机已按键接管：由本机操作台主持节目，声音已打开
spare-stands-back = 本机不在时备机已接管：本机现为备机，操作台跟随对方，并已静音
spare-stands-back-by-hand = 对方已按键接管：本机现为备机，操作台跟随对方，并已静音
spare-main-is-back = 只是线路断了，主机一直在运行：本机恢复为备机，并已静音
spare-two-mains = 断线期间两个操作台各自操作：现在有两个主机、两套节目
spare-act-too-late = 对方操作台的 { $act } 在接管之后才到，没有执行

spare-differs = 两台机器的“{ $output }”不一致：{ $why }
spare-differs-all = 两台机器的画面不一致：{ $why }
spare-outputs-differ = 两台机器的输出不同；仅本机有：{ $here }；仅对方有：{ $there }
spare-words-differ = 两台机器的画面文字语言不同；本机：{ $here }；对方：{ $there }。在备机上打开“外观”面板，在“画面文字”中选与主机相同的语言，再按“主题上播”；单独设了语言的输出请在“输出”面板中改
spare-own-themes-differ = 输出各自的主题不同；本机：{ $here }；对方：{ $there }。在备机上打开“输出”面板，为这些输出选与主机相同的主题
spare-output-words = { $output }，文字 { $lang }
spare-output-theme = { $output }，主题 { $theme }
spare-output-no-theme = { $output }，用节目的主题
spare-why-version = 本机版本 { $here }，对方版本 { $there }
spare-why-theme = 主题不同（本机 { $here }，对方 { $there }；同名则内容不同）
spare-why-fonts = 节目自带的字体不同
spare-why-show = 事件相同，而播出的内容不同
spare-why-picture = 内容相同而画面不同：其中一台可能缺视频或图片
spare-why-behind = 超过一秒没有收到相同的事件（本机第 { $here } 个，对方第 { $there } 个）
spare-why-other-show = 两台跟随的不是同一场节目（本机 { $here }，对方 { $there }）

key-take-over = 备机：接管
console-spare = 备机
console-spare-equal = 备机 =
console-spare-differs = 备机 ≠
console-spare-none = 无备机
console-spare-two = 两个主机
console-take-over = 接管
console-take-over-differs = 接管 ≠
console-spare-fact = 备机
console-spare-fact-equal = { $role } · { $peer } · 一致 { $span }
console-spare-fact-differs = { $role } · { $peer } · 不一致 { $span }
console-spare-fact-linked = { $role } · { $peer }
console-spare-fact-alone = { $role } · 无线路
console-role-main = 主机
console-role-spare = 备机
console-role-contested = 两个主机
