# 节目的视频和图片：为什么没有播出。$film 是计分系统给出的文件名。

media-nameless = 视频 { $film } 没有文件名：计分系统须一并发来路径或网址。
media-missing = 视频文件夹（{ $folders }）里都没有 { $film }。请放进去；在此之前显示其片名板。
media-address = { $url } 是网址，而视频只从本机播放。请存为 { $film }，放进视频文件夹（{ $folders }）之一。
media-outside = { $film } 指向视频文件夹之外：请写成相对于其中之一的路径，不带“..”，也不用指向别处的链接。
media-no-file = { $film } 不是普通文件，而是文件夹、管道或设备。请把视频文件本身放在那里。
media-read = { $film } 无法读取（{ $reason }）。请检查文件及其权限。
media-huge = { $film } 有 { $bytes } 字节，最多 { $most }。请压缩得小一些。
media-no-digest = 计分系统发来的 { $film } 的 SHA-256 是“{ $digest }”：应为 64 位十六进制数。
media-digest = { $film } 不是预告的视频：其 SHA-256 为 { $found }，预告的是 { $cued }。请换上正确的文件。
media-no-ffmpeg = ffmpeg 无法运行（{ $reason }）：没有它就放不了视频。请安装 ffmpeg；leitai doctor 会检查。
media-foreign = { $film } 不是能读的视频（{ $reason }）。请存为 H.264、HEVC、ProRes、VP9，或 PNG、JPEG。
media-no-picture = { $film } 里没有画面。请核对是否拿错文件。
media-large = { $film } 的画面为 { $width }×{ $height } 像素，边长最多 { $most }。请压缩得小一些。
media-long = { $film } 超过 { $seconds } 秒。请剪短。
media-endless = { $film } 在 { $seconds } 秒内没有读完：它没有结尾，或磁盘太慢。请重新复制或压制。
media-broken = { $film } 在 { $at } 处损坏或中断（{ $reason }）。请重新复制或压制。
media-sound = { $film }：声音无法读取（{ $reason }）。将无声播放；请重新压制声音。
media-decoder = { $film }：解码器在 { $at } 处停了（{ $reason }），正在重新启动。其间保持最后的画面。
media-picture = { $film }：{ $at } 处的画面没有解出来（{ $reason }）。该处留空。
media-hdr = { $film } 是为 HDR 屏幕制作的：在这里颜色会发灰。请转换为 BT.709。
media-elsewhere = { $film } 不在这里：届时显示其片名板。请用 --media 指明视频文件夹。
