# 给工程师的故障包。

incident-written = 给工程师的故障包：{ $path }
incident-create = 无法写故障包 { $path }：{ $error }。请腾出空间，或使该文件夹可写
incident-pack = 故障包 { $path } 没有写完：{ $reason }。已写入的部分仍可读取
incident-thread = 没有开始写故障包：{ $error }
incident-given-up = 故障包写到一半，因本程序自身的错误中止；请再要一份，并保留日志
incident-busy = 正在写故障包，写完后再试。
