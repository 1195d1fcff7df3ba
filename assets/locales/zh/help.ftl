# 命令行的中文帮助；英文写在参数定义处。属性是参数名，.after 为示例。

help =
    擂台：知识竞赛的电视图文包装，由计分系统驱动。

    不带命令时，排演程序内置的节目。
    .after =
        用法示例：
          leitai                                       排演内置节目
          leitai live wss://scores.example:9443/feed --token-file token
          leitai still demo --at 01:23.4 -o still.png  内置节目的一张静帧
          leitai state demo --at 01:23.4               那一刻的全部状态（JSON）
          leitai export demo -o show.mp4               整场节目导出为带声音的影片

        TAPE 是录制的节目（.tape.ndjson），或内置节目的名称：demo、yantai、liaoning、zhongwei、fujian。
        时间从录制的第一个事件算起：01:23.400、1:02:03、83.4s 或 83400ms。

        结果写到标准输出，其余写到标准错误。
        退出码：0 完成；1 无法完成；2 用法错误；3 check 发现了问题，或 doctor 发现了故障（只有“注意”时为 0）。
    .lang = 消息和画面文字的语言（zh-Hant：画面用繁体）[默认：zh]
    .theme = 播出主题：名称、文件夹或 theme.ron
    .tape = 录制的节目，或 demo
    .class = 画面版式：wall 大屏，tv 电视，stream 直播叠加（透明底），confidence 主持人与评委返送屏；默认 tv，check 和 gallery 默认全部
    .monitor = 画面占满这个显示器：名称，或从左数起的序号
    .full_quality = 机器跟不上时也不降低动效和帧率：宁可迟帧
    .no_console = 不打开操作员窗口
    .control = 远程控制（HTTP、WebSocket）的地址 [默认：127.0.0.1:7432；--headless 时不开]
    .no_control = 不开远程控制
    .spare_of = 作为热备机运行：主机的远程控制地址，ADDR:PORT
    .spare_token_file = 存放主机远程控制令牌的文件 [默认：本机自己的]
    .control_token_file = 存放远程控制令牌的文件 [默认：自动生成]
    .control_view_token_file = 存放第二个令牌的文件，凭它只能查看、不能操作 [默认：没有]
    .outputs = 按此文件设置各路输出，代替单个窗口；用 leitai outputs --example 得到一份可改的
    .output_name = 该文件中输出的名称
    .osc = 在此 UDP 端口接收本机的 OSC
    .osc_from = 也接收此地址的 OSC
    .osc_to = 把状态以 OSC 发到此地址
    .questions = 题库：其中的题目可由操作台上屏
    .media = 存放节目视频的文件夹 [默认：录制文件所在的文件夹、./media]
    .rules = 规则书：计分系统未说明时，据此提示答对、答错的分值
    .no_mark = 各路画面上不显示“彩排”标记
    .host = 在节目旁打开主持人屏；播出中可按 F2 打开
    .host_monitor = 主持人屏占满这个显示器：名称，或从左数起的序号
    .host_size = 主持人屏尺寸（像素）[默认：显示器的尺寸，或放得下的最大尺寸]
    .fonts = 字体文件夹，用于自带字体没有的字；否则取 LEITAI_FONTS，再否则 ./fonts
    .log = 把日志存到这个文件夹，几个文件、每个几兆 [默认：live 和 rehearse 存在用户的状态文件夹]
    .trace = 把每一帧各阶段的用时写入文件，供 ui.perfetto.dev 或 chrome://tracing 查看
    .size = 画面尺寸（像素）
    .json = 以 JSON 输出结果
    .from = 从这里开始
    .to = 到这里结束 [默认：最后一个事件及其动作结束]
    .output = 要写的文件
    .token_file = 存放令牌的文件；令牌不会出现在日志中
    .help = 显示帮助
    .version = 显示版本
help-rehearse = 在窗口中播放录制的节目，带走带控制、控制台和声音
    .from = 从这里开始（也可写 --at）
    .paused = 停在那里，不自动播放
    .headless = 不开窗口，不用声卡：只写出输出文件里的各路输出
    .duration = 经过这段时间后结束 [默认：录制放完为止]
help-live = 接入计分系统，正式播出
    .url = 计分系统的地址，ws:// 或 wss://
    .ca = 计分系统服务器的证书颁发机构（PEM）
    .tape = 录制到此文件；同一节目的已有录制会继续 [默认：tapes/EPOCH-TIME.tape.ndjson]
    .headless = 不开窗口，没有声音
    .duration = 经过这段时间后结束
    .supervise = 由一个小的父进程守护：崩溃或卡死时自动重新启动，画面立即恢复 [默认：开；--headless 时不开]
    .no_supervise = 不要守护进程
    .state_out = 结束时把状态写成 JSON
    .still_out = 结束时把画面写成 PNG
    .after =
        示例：
          leitai live ws://192.168.1.20:9000
          leitai live wss://scores.example/feed --token-file token --ca venue-ca.pem
          leitai live ws://127.0.0.1:9000 --headless --for 10s --state-out state.json --still-out still.png

        每次播出都会录制。中断的播出用 --tape FILE 继续。
help-still = 把录制节目的某一刻，或一张测试卡，画成 PNG
    .at = 时刻；对测试卡是一天中的时间（默认 0:00）
    .outputs = 画此文件中的一路输出：版式、尺寸、帧率、主题、语言、切片和键控方式
    .card = 测试卡，代替节目：网格、切片、彩条、灰阶、安全区、声画同步
    .burn = 叠印帧号、时间码和输出名称
    .after =
        示例：
          leitai still demo --at 01:23.400 --size 3840x2160 -o still.png
          leitai still demo --at 01:23.400 --outputs outputs.ron --output-name 大屏 -o wall.png
          leitai still --card bars --class wall --size 3840x1080 -o bars.png
help-state = 以 JSON 输出录制节目某一刻的状态
    .at = 这一刻 [默认：最后一个事件之后]
    .seq = 这个事件之后
    .compact = 输出为一行
    .after =
        示例：
          leitai state demo                             最后一个事件之后
          leitai state show.tape.ndjson --at 12:00      十二分钟处
          leitai state show.tape.ndjson --seq 412       第 412 个事件之后
help-export = 导出为影片（.mp4，带透明的 .mov、.webm）或编号 PNG
    .fps = 每秒帧数：25、50、60 或分数 [默认：50，或该输出的帧率]
    .outputs = 导出此文件中的一路输出：版式、尺寸、帧率、主题、语言、切片和键控方式
    .burn = 叠印帧号、时间码和输出名称
    .encoder = .mp4 的编码器：software（处理器）、auto（显卡有编码器就用）或 ffmpeg 的某个 H.264 编码器；只有 software 处处得到相同的字节
    .output = 影片（.mp4、.mov、.webm），或存放 PNG 的文件夹
    .sheet = 写出小图总览：每个环节的每个时刻一张，下附环节与事件（默认 sheet.png）
    .after =
        示例：
          leitai export demo -o show.mp4                H.264 与 AAC
          leitai export demo -o show.mov                带透明的 ProRes 4444
          leitai export demo -o show.webm               带透明的 VP9 与 Opus
          leitai export demo -o frames/                 000000.png、000001.png……
          leitai export demo --from 1:00 --to 1:10 --fps 60000/1001 -o cut.mp4

        影片需要 ffmpeg。同样的导出，两次得到相同的字节。中断的导出，再次运行同一条命令即从中断处继续：
        影片已完成的部分在合成之前保存在 NAME.parts 里。
help-serve = 像计分系统那样，把录制的节目作为数据源提供
    .listen = 地址和端口
    .speed = 速度倍数
    .repeat = 结束后从头再来，作为新的一场
    .faults = 按计划发生故障，用来检验播出端：文件，或 seed:数
    .after =
        示例：
          leitai serve demo --listen 127.0.0.1:9000
          leitai serve show.tape.ndjson --listen 0.0.0.0:9000 --token-file token --from 5:00 --speed 4 --loop
          leitai serve demo --faults seed:17
help-simulate = 按竞赛规则模拟整场比赛，录成可供排演的录制文件
    .rules = 竞赛规则：.ron 文件，或内置规则的名称
    .teams = 队伍和选手
    .questions = 题库
    .seed = 哪一场：数不同，过程就不同
    .pace = 播出节奏的倍数
    .mishaps = 带裁判更正、合议、作废题、暂停的计时和错字
    .after =
        示例：
          leitai simulate zhongwei --teams teams.json --questions bank.json --seed 7 -o rehearsal.tape.ndjson
          leitai simulate my-rules.ron --teams teams.csv --questions a.xlsx b.csv --seed 7 --pace 4 --mishaps -o x.tape.ndjson

        RULES 是竞赛规则（.ron），或内置规则：yantai、liaoning、zhongwei、fujian。
        规则、队伍、题库和种子相同，录制就相同；节奏只改变时间，不改变过程。
help-check = 演出前检查录制文件、主题、题库和名单
    .paths = 录制文件（.ndjson 或 demo）、视频和图片（.mp4、.mov、.png……）、主题（文件夹、.ron）、竞赛规则（.ron 或内置）、题库和名单（.xlsx、.csv、.json），或装着它们的文件夹
    .report = 另写一份带图片的报告交给导演：.html 或 .png
    .after =
        示例：
          leitai check show.tape.ndjson themes/qingkong
          leitai check questions.xlsx teams.csv
          leitai check themes/mine --report preflight.html
          leitai check demo --theme zhujin --class wall --json
          leitai check show.tape.ndjson --media films
          leitai check film.mp4

        录制文件：读不了的行、对不上的数字、放不下的文字、其中的视频，以及对主题的各项要求。
        视频：是否完整、能否播出。
        主题：拼写、范围、图片；每个图文、状态、版式的对比度、最小字号、安全区、放不下的文字、缺字、闪烁、只靠颜色的状态。
        竞赛规则：拼写、不能比赛的数字；文件自相矛盾或没有写明之处作为提示。
        题库和名单：空题干、不是选项的答案、重复的编号、损坏的文字、字体没有的字；每道题在每种版式中的画面。
        发现错误时退出码为 3，只有“注意”和“提示”时为 0。
help-gallery = 把主题的每个图文、每种状态画成图片
    .name = 主题：名称、文件夹或 theme.ron（默认取 --theme）
    .output = 写入的文件夹
    .scenes = 用自己的场景文件代替内置场景
    .beside = 把每张图与该文件夹中同名场景的图并排
    .after =
        示例：
          leitai gallery zhujin -o gallery
          leitai gallery themes/mine --class wall -o before
          leitai gallery themes/mine --class wall -o after --beside before

        图片名为 版式-序号-场景.png，总览图名为 版式.png。
help-doctor = 检查这台机器是否适合演出
    .show = 逐项检查今晚演出所需：输出、数据源及其时钟、备机、令牌、磁盘、题库和主题、帧率
    .feed = 数据源的地址，ws:// 或 wss://
    .ca = 数据源服务器的证书颁发机构（PEM）
    .spare = 备机远程控制的地址，http://地址:端口
    .spare_token_file = 存放备机远程控制令牌的文件 [默认：本机自己的]
    .control = 本机远程控制（HTTP、WebSocket）将要监听的地址：试一下就放开
    .tape = 将要录制到的文件 [默认：tapes/]
    .hours = 节目时长（小时）：磁盘要装得下
    .after =
        示例：
          leitai doctor                        这台机器是否适合演出
          leitai doctor --show --feed wss://scores.example/feed --token-file token --outputs outputs.ron \
            --questions bank.xlsx --media films --theme zhujin --spare http://192.168.1.21:7432 --spare-token-file spare.token

        开场之前：一页纸，每行为正常、注意或故障，并写明该怎么办。有故障时退出码为 3，只有“注意”时为 0。
help-help = 显示帮助：本页，或某个命令的帮助
help-page =
    {"{before-help}{about-with-newline}"}
    用法：{"{usage}"}

    {"{all-args}{after-help}"}
    .commands = 命令
    .command = 命令
    .arguments = 参数
    .options = 选项
    .values = 可选：
    .default = 默认：
# 命令写错时：{ $what } 是 help-wrong 中的一句。
help-usage = 错误：{ $what }
    .values = 　可以写：{ $known }
    .commands = 　命令有：{ $known }
    .near = 　您是不是想写：{ $known }
    .usage = 用法：{ $usage }
    .more = 加上 --help 查看详细说明。
help-wrong =
    .unknown = 不认识参数“{ $arg }”。
    .command = 不认识命令“{ $command }”。
    .missing = 缺少必需的参数：{ $arg }。
    .no_command = 缺少命令。
    .empty = { $arg } 需要一个值。
    .value = { $arg } 的值“{ $value }”不对。
    .validation = { $arg } 的值“{ $value }”不对：{ $reason }。
    .twice = { $arg } 给了多次，只能给一次。
    .conflict = { $arg } 不能同时与 { $prior } 使用。
    .no_equals = { $arg } 要写成“名称=值”。
    .too_many = { $arg } 的值太多，多出“{ $value }”。
    .number = { $arg } 应有 { $expected } 个值。
    .utf8 = 参数里有不是 UTF-8 的字符。
help-outputs = 列出本机的显示器，并据此检查输出文件
    .file = 要检查的输出文件
    .example = 只打印一份可供修改的输出文件
    .after =
        示例：
          leitai outputs                       本机的显示器
          leitai outputs --example > outputs.ron
          leitai outputs outputs.ron           检查文件，并说明每路输出的去向
          leitai live wss://scores.example/feed --outputs outputs.ron

        有输出到不了文件所写的去处时，退出码为 3。
