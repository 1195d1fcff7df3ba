# 模拟比赛时计分系统所说的话。

simulation =
    .right = 回答正确
    .wrong = 回答错误
    .timeout = 超时
    .incomplete = 回答不完整
    .prompted = 他人提示
    .foul = 提前抢答，犯规
    .rush = 闯关得分
    .upheld_note = 裁判组合议：答案与标准答案同义
    .denied = 维持原判
    .denied_note = 裁判组合议：原评判无误
    .withdrawn = 题目表述有歧义，本题作废
    .paused = 计时暂停
    .paused_why = 技术人员检查答题器
    .rules = 赛制说明
    .written = 笔试
    .stage = 现场
    .elsewhere = 其他场次实操成绩
    .exam = 机考平均成绩
    .video = 案例视频
    .unsure = 不清楚
simulation-duel = 对决环节第 { $number } 题
simulation-jury = 裁判组更正：{ $verdict }
simulation-upheld = 改判：{ $verdict }
simulation-player-of = { $team } { $player }
simulation-no-player = { $number }号选手
