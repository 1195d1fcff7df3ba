# doctor：检查了什么，缺了该怎么办。

doctor-ok = 正常
doctor-warn = 注意
doctor-fail = 故障
doctor-adapter = 图形适配器
    .software = 由处理器绘制；静帧和导出够用，正式播出请用带显卡的机器
    .none = 请安装 Vulkan 驱动，例如：apt-get install mesa-vulkan-drivers
doctor-audio = 声音设备
    .none = 没有设备时节目无声运行；列出设备：aplay -l
doctor-fonts = 字体
    .none = 程序编译时缺少字体；请重新编译：make build
doctor-ffmpeg = ffmpeg
    .none = 仅导出视频需要；安装：apt-get install ffmpeg
doctor-display = 显示器
    .none = 窗口需要显示器；请设置 DISPLAY，或使用 still、export、live --headless
doctor-theme = 主题
doctor-show = 内置节目
