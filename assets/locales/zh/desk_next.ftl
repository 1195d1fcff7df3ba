# 操作台“接下来”：即将发生的事，以及当前题目可能带来的得分。

next-snapshot = 整体状态更新
next-corrects = 更正（事件 { $of }）：{ $what }

next-verdict = 判：{ $outcome }（{ $team }）
next-verdict-delta = 判：{ $outcome } → { $team } { $delta }
next-verdict-score = 判：{ $outcome } → { $team } { $delta } = { $after }

next-question = 题目上屏（{ $kind }）
next-question-no = 第{ $number }题上屏（{ $kind }）
next-phase-reading = 读题
next-phase-discussion = 小组讨论
next-phase-answering = 请答题
next-withdrawn = 本题作废：{ $reason }
next-media-started = 播放视频：{ $title }
next-media-paused = 视频暂停：{ $title }
next-media-ended = 视频结束：{ $title }
next-clock-armed = 倒计时 { $seconds } 秒就位
next-clock-started = 计时 { $seconds } 秒
next-clock-resumed = 计时继续，剩 { $seconds } 秒
next-clock-paused = 计时暂停，剩 { $seconds } 秒
next-clock-stopped = 停表，剩 { $seconds } 秒
next-clock-changed = 计时改为 { $seconds } 秒
next-clock-expired = 时间到
next-answer = { $team } 作答：{ $answer }
next-locked = 答案锁定
next-key = 公布答案：{ $key }
next-buzzer-armed = 开放抢答
next-buzzer-hit = { $team } 抢到
next-buzzer-later = { $team } 第 { $order } 个按下
next-buzzer-fouled = { $team } 提前抢答，犯规

next-risk-offered = 可选分值：{ $values }
next-risk-locked = { $team } 已选定
next-risk-revealed = { $team } 选择 { $value } 分
next-risk-assigned = { $team } 指定 { $to } 作答
next-rush-question = 进入第 { $index } 题
next-rush-outcome = 第 { $index } 题：{ $outcome }
next-rush-finished = { $team } 限时答题结束：答对 { $correct }/{ $of }，剩 { $remaining } 秒，{ $score }
next-audience-opened = 挑战团 { $size } 人就位
next-audience-tallied = 挑战团：对 { $right }，错 { $wrong }，N = { $n }
next-score = { $team } { $delta } = { $after }
next-score-corrected = { $team } 比分更正：{ $before } → { $after }
next-appeal-opened = 合议：{ $team }
next-appeal-resolved = 合议结果：{ $outcome }
next-standings = 排名表：{ $title }
next-total = { $team } 总成绩 { $total }
next-tie-written = 同分：以笔试成绩决定
next-tie-general = 同分：以综合知识笔试决定
next-tie-playoff = 同分：以加赛决定

next-configured = 节目设定：{ $title }
next-draw = 抽签：{ $title }
next-drawn = 抽中：{ $slot } → { $value }
next-round = 环节：{ $name }
next-round-closed = 环节结束
next-turn = 轮到 { $team }
next-turn-player = 轮到 { $team } { $player }
next-player = { $number } 号选手
next-advance = 晋级：{ $slots } 个名额
next-advance-revealed = 晋级第 { $slot } 席：{ $team }
next-award = 奖项：{ $title }
next-award-page = 奖项第 { $page } 页
next-award-row = 奖项第 { $row } 行
next-slate = 字幕板（{ $kind }）：{ $title }
next-slate-line = 字幕板第 { $line } 行
next-slate-cleared = 撤下字幕板
next-lower-third = 人名条：{ $title }
next-lower-third-cleared = 撤下人名条
next-ended = 节目结束

next-outcome-correct = 答对
next-outcome-wrong = 答错
next-outcome-timeout = 超时
next-outcome-incomplete = 不完整
next-outcome-prompted = 他人提示
next-outcome-foul = 犯规
next-outcome-void = 无效

next-kind-single = 单选
next-kind-multi = 多选
next-kind-judge = 判断
next-kind-fill = 填空
next-kind-short = 简答
next-kind-case = 案例

next-slate-title = 片头
next-slate-rules = 赛制
next-slate-showcase = 展示
next-slate-interlude = 串场
next-slate-tabulating = 统计中
next-slate-notary = 公证
next-slate-audience-quiz = 互动
next-slate-photo = 合影
next-slate-message = 通知
next-slate-lineup = 亮相
next-slate-thanks = 鸣谢

next-subject-cued = 已预备：{ $kind }（{ $id }）
next-subject-on-air = 正在作答：{ $kind }（{ $id }）
next-if = { $outcome } { $pays }
next-if-value = { $value } 分题：{ $what }
next-pays-after = { $delta } → { $after }
next-pays-duel-right = { $right } + N（N 为挑战团答错人数，0 至 { $most }）
next-pays-duel-wrong = −N（N 为挑战团答对人数，0 至 { $most }）
next-pays-rush = 整轮得分：答对数 × { $right } + 剩余秒数 × 答对数 ÷ { $of }，四舍五入
next-pays-rush-open = 整轮得分：答对数 × { $right } + 剩余秒数 × 正确率，四舍五入
next-pays-unknown = 分值不详（计分系统和规则文件都没有说明）
next-pays-assumed = { $pays }（文件没有规定，排练假定）
next-no-round = 没有进行中的环节
next-not-scored = 本环节不计分
next-order-only = 本环节只决定名次，不计入总分
next-no-question = 尚未预备题目
next-no-turn = 尚未轮到任何队
next-no-buzz = 尚无人抢到
next-no-value = 尚不知道可选的分值
next-value-open = 分值尚未选定

next-act = 操作台：{ $what }
next-act-hold = 保持
next-act-take = 放行至事件 { $through }
next-act-follow = 恢复跟随
next-act-black = 黑场
next-act-logo = 台标
next-act-curtain-off = 撤下遮挡
next-act-freeze = 定格
next-act-unfreeze = 取消定格
next-act-clear = 清除（{ $group }）
next-act-restore = 恢复（{ $group }）
next-act-mark = 打开彩排标记
next-act-unmark = 关闭彩排标记
next-act-say = { $what }
next-act-reconcile = 与计分系统一致
next-group-all = 全部
next-group-scene = 场景
next-group-countdown = 倒计时
next-group-lower-third = 人名条
next-group-strip = 比分条
