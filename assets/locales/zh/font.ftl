# 自带之外的字体有何问题。
font-folder = { $path }：字体文件夹无法读取：{ $reason }；请检查名称和权限
font-unreadable = { $path }：文件无法读取：{ $reason }
font-large = { $path }：文件有 { $mib } MiB；字体最大 { $most } MiB
font-broken = { $path }：不是能读取的字体；请重新复制，或另存为 TTF、OTF
font-unusable = { $path }：其中找不到任何字：文件已损坏，请重新复制
font-known = { $path }：字体名“{ $family }”与程序自带的相同；请移除
font-many = { $path }：按文件名只取前 { $most } 个字体；请移除用不到的
