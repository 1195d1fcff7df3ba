#!/usr/bin/env python3
"""Writes zhongwei-demo.tape.ndjson, the embedded show: every round of the Zhongwei contest at least once.

Usage: python3 assets/shows/make_zhongwei_demo.py   (Python 3, standard library only; same input, same bytes)

It is an excerpt, and says so on its first rules slate: each round shows some of its questions, and the two speed
rounds jump ahead once (countdown.changed). Every other countdown runs true. The rules are those of
全区人社系统业务技能练兵比武竞赛规则; the questions are written for this tape, each with its law and article.
"""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
EPOCH = "2026-zhongwei-demo"
START = datetime(2026, 8, 6, 9, 0, 0, tzinfo=timezone(timedelta(hours=8)))
SECOND = 1_000_000


class Tape:
    """The scoring system: numbers events, keeps the clock and the scores."""

    def __init__(self):
        self.at = int(START.timestamp()) * SECOND
        self.lines = []
        self.seq = 0
        self.scores = {}
        self.clock = None
        self.clocks = 0

    def wait(self, seconds):
        self.at += round(seconds * SECOND)

    def send(self, event, data, cause=None, corrects=None):
        self.seq += 1
        env = {"v": 1, "epoch": EPOCH, "seq": self.seq, "at": self.at, "type": event, "data": data,
               "cause": cause, "corrects": corrects}
        rx = self.at + 900 + self.seq * 37 % 400
        self.lines.append(json.dumps({"rx": rx, "lane": "feed", "env": env}, ensure_ascii=False,
                                     separators=(",", ":")))
        return self.seq

    def slate(self, kind, title, hold, subtitle="", body=""):
        self.send("slate.shown", {"kind": kind, "title": title, "subtitle": subtitle, "body": body})
        self.wait(hold)

    def round(self, id, name, subtitle, fmt, number, rules):
        self.send("round.opened", {"id": id, "name": name, "subtitle": subtitle, "format": fmt, "number": number,
                                   "of": 4, "rules": rules})
        self.wait(1.2)

    def turn(self, team, player, question_no=None, of=None):
        data = {"team": f"t{team}", "player": f"t{team}p{player}"}
        if question_no:
            data.update(question_no=question_no, of=of)
        self.send("turn.given", data)

    def arm(self, seconds):
        self.clocks += 1
        self.clock = (f"c{self.clocks}", None)
        self.send("countdown.armed", {"id": self.clock[0], "duration": seconds * SECOND})
        self.length = seconds * SECOND

    def start(self):
        self.clock = (self.clock[0], self.at + self.length)
        return self.send("countdown.started", {"id": self.clock[0], "ends_at": self.clock[1]})

    def jump(self, remaining):
        """The excerpt's fast forward of a speed round."""
        self.clock = (self.clock[0], self.at + round(remaining * SECOND))
        self.send("countdown.changed", {"id": self.clock[0], "ends_at": self.clock[1]})

    def stop(self, cause=None):
        remaining = self.clock[1] - self.at
        self.send("countdown.stopped", {"id": self.clock[0], "remaining": remaining}, cause)
        return remaining

    def expire(self):
        self.at = self.clock[1]
        return self.send("countdown.expired", {"id": self.clock[0]})

    def ask(self, id, kind, stem, options=(), value=None):
        data = {"id": id, "kind": kind, "stem": stem,
                "options": [{"label": label, "text": text} for label, text in zip("ABCDEF", options)]}
        if value:
            data["value"] = value
        return self.send("question.shown", data)

    def given(self, team, player, answer):
        data = {"team": f"t{team}", "player": f"t{team}p{player}"}
        data.update({"choice": list(answer)} if answer.isascii() else {"choice": [], "text": answer})
        return self.send("answer.given", data)

    def lock(self, team):
        """回答完毕: locks the answer, stops the clock."""
        locked = self.send("answer.locked", {"team": f"t{team}"})
        self.stop(locked)
        return locked

    def verdict(self, team, outcome, cause, delta=None):
        data = {"team": f"t{team}", "outcome": outcome}
        if delta is not None:
            data["delta"] = delta
        return self.send("verdict.given", data, cause)

    def reveal(self, key, explanation, cause):
        self.send("answer.revealed", {"key": key, "explanation": explanation}, cause)

    def score(self, team, delta, reason, cause, formula=None):
        before = self.scores.get(team, 300)
        self.scores[team] = before + delta
        data = {"team": f"t{team}", "before": before, "delta": delta, "after": before + delta, "reason": reason}
        if formula:
            data["formula"] = formula
        return self.send("score.changed", data, cause)


JUDGE = ("正确", "错误")

# (kind, stem, options, right?): the desk of 1号队 has 8 right, that of 2号队 7.
RUSH_1 = [
    ("judge", "试用期包含在劳动合同期限内。", JUDGE, True),
    ("single", "三年以上固定期限劳动合同，试用期最长不得超过（　）个月。", ("二", "三", "六", "十二"), True),
    ("judge", "生育保险费由用人单位缴纳，职工不缴纳。", JUDGE, True),
    ("single", "以完成一定工作任务为期限的劳动合同，可以约定几次试用期？", ("不得约定", "一次", "两次", "三次"), False),
    ("single", "失业前累计缴费满一年不足五年的，失业保险金最长领取（　）个月。", ("六", "十二", "十八", "二十四"), True),
    ("judge", "用人单位招用劳动者，可以扣押劳动者的居民身份证。", JUDGE, True),
    ("single", "劳动者提前（　）日书面通知用人单位，可以解除劳动合同。", ("三", "十五", "三十", "六十"), True),
    ("judge", "劳动争议仲裁不收费。", JUDGE, True),
    ("multi", "下列哪些属于《社会保险法》规定的社会保险制度？", ("基本养老保险", "工伤保险", "失业保险", "车辆保险"), False),
    ("judge", "劳动者在试用期的工资可以低于当地最低工资标准。", JUDGE, True),
]
RUSH_2 = [
    ("judge", "用人单位自用工之日起即与劳动者建立劳动关系。", JUDGE, True),
    ("single", "未同时订立书面劳动合同的，应当自用工之日起（　）内订立。", ("一个月", "两个月", "三个月", "六个月"), True),
    ("judge", "同一用人单位与同一劳动者只能约定一次试用期。", JUDGE, True),
    ("single", "失业前累计缴费十年以上的，失业保险金最长领取（　）个月。", ("十二", "十八", "二十四", "三十六"), False),
    ("judge", "用人单位未按时足额缴纳社会保险费的，由征收机构责令其限期缴纳或者补足。", JUDGE, True),
    ("single", "劳动功能障碍分为几个伤残等级？", ("五个", "八个", "十个", "十二个"), True),
    ("judge", "劳动者在试用期内提前三日通知用人单位，可以解除劳动合同。", JUDGE, True),
    ("single", "解除劳动合同后，用人单位应当在（　）日内办理社会保险关系转移手续。", ("七", "十五", "三十", "六十"), False),
    ("judge", "社会保险基金可以用于平衡其他政府预算。", JUDGE, True),
    ("multi", "下列哪些是劳动合同的必备条款？", ("劳动合同期限", "劳动报酬", "社会保险", "试用期"), False),
]


def opening(tape):
    teams = [{"id": f"t{n}", "name": f"{n}号队", "short": f"{n}号队", "number": n} for n in range(1, 6)]
    players = [{"id": f"t{t}p{n}", "team": f"t{t}", "number": n, "name": f"{n}号选手"}
               for t in range(1, 6) for n in range(1, 7)]
    rounds = [("warmup", "初显身手", "solo"), ("rush", "争分夺秒", "rush"), ("choice", "勇往直前", "risk_choice"),
              ("assigned", "勇往直前", "risk_assigned"), ("duel", "擂台比拼", "duel"), ("playoff", "一锤定音", "buzzer")]
    tape.send("show.configured", {
        "title": "业务技能练兵比武", "subtitle": "全市人社系统 · 现场展示", "organisers": ["中卫市人力资源和社会保障局"],
        "teams": teams, "players": players,
        "rounds": [{"id": i, "name": name, "format": fmt} for i, name, fmt in rounds],
        "base_score": 300, "audience_seats": 18, "rounding": "half_up"})
    tape.wait(0.5)
    tape.slate("title", "业务技能练兵比武", 5.5, "全市人社系统 · 现场展示", "人人学政策、钻业务、练技能、强服务")


def warm_up(tape):
    tape.slate("rules", "初显身手", 4.5, "热身环节 · 赛制说明",
               "分 3 轮，每轮各队顺次作答 1 题\n1、2、3 号选手依次独立作答，限时 10 秒\n"
               "回答正确加 10 分；超时、错误、不完整不得分\n本片为节选：每个环节只展示部分题目")
    tape.round("warmup", "初显身手", "热身环节", "solo", 1,
               {"text": ["限时 10 秒", "回答正确加 10 分"], "right": 10, "questions": 3, "duration_us": 10 * SECOND})

    def solo(team, question, answer, outcome, key, law, think):
        tape.turn(team, 1, 1, 3)
        tape.wait(1.2)
        tape.ask(f"w{team}", *question)
        tape.arm(10)
        tape.wait(2.6)
        tape.start()
        if answer is None:
            cause = tape.expire()
        else:
            tape.wait(think)
            tape.given(team, 1, answer)
            tape.wait(1.1)
            cause = tape.lock(team)
        tape.wait(1.2)
        verdict = tape.verdict(team, outcome, cause, 10 if outcome == "correct" else 0)
        tape.wait(0.8)
        tape.reveal(key, law, verdict)
        if outcome == "correct":
            tape.wait(0.2)
            tape.score(team, 10, "热身环节第 1 题回答正确", verdict)
        tape.wait(2.4)
        return verdict

    solo(1, ("single", "用人单位应当自用工之日起多少日内，为其职工向社会保险经办机构申请办理社会保险登记？",
             ("十五日", "三十日", "六十日", "九十日")), "B", "correct", ["B"], "《社会保险法》第五十八条", 2.7)
    solo(2, ("multi", "领取失业保险金应当符合下列哪些条件？",
             ("缴纳失业保险费满一年", "非因本人意愿中断就业", "已进行失业登记并有求职要求", "户籍在参保地")),
         "ABCD", "wrong", ["A", "B", "C"], "《社会保险法》第四十五条", 3.4)
    solo(3, ("judge", "职工应当参加工伤保险，工伤保险费由用人单位和职工共同缴纳。", JUDGE),
         "B", "correct", ["B"], "《社会保险法》第三十三条：由用人单位缴纳，职工不缴纳", 2.2)
    solo(4, ("fill", "劳动争议申请仲裁的时效期间为（　）年，从当事人知道或者应当知道其权利被侵害之日起计算。"),
         None, "timeout", ["一"], "《劳动争议调解仲裁法》第二十七条", 0)
    verdict = solo(5, ("fill", "用人单位自用工之日起超过一个月不满一年未与劳动者订立书面劳动合同的，"
                               "应当向劳动者每月支付（　）倍的工资。"),
                   "两", "wrong", ["二"], "《劳动合同法》第八十二条", 3.1)
    appeal = tape.send("appeal.opened", {"subject_seq": verdict, "team": "t5"}, verdict)
    tape.wait(3.0)
    resolved = tape.send("appeal.resolved", {"outcome": "改判正确", "note": "“两倍”与“二倍”同义"}, appeal)
    tape.wait(0.5)
    # The card with the overruled verdict leaves the air before the corrected score comes.
    tape.send("round.closed", {"id": "warmup"})
    tape.wait(0.5)
    tape.scores[5] = 310
    tape.send("score.corrected", {"team": "t5", "before": 300, "after": 310,
                                  "reason": "裁判组更正：“两倍”与“二倍”同义，回答正确"}, resolved, verdict)
    tape.wait(3.5)


def rush(tape):
    tape.slate("rules", "争分夺秒", 4.5, "闯关环节 · 赛制说明",
               "每队选派 1 名选手，120 秒内连续作答 10 题\n本环节主持人不读题\n"
               "得分 = 答对题数 × 10 + 剩余秒数 × 答题正确率\n小数点后四舍五入；演示中计时快进一次")
    tape.round("rush", "争分夺秒", "闯关环节", "rush", 2,
               {"text": ["120 秒 10 题"], "right": 10, "questions": 10, "duration_us": 120 * SECOND})
    for team, questions, remaining, score in ((1, RUSH_1, 20, 96), (2, RUSH_2, 15, 81)):
        tape.turn(team, 4)
        tape.wait(1.2)
        tape.arm(120)
        tape.wait(0.8)
        pace = 2.3
        for index, (kind, stem, options, right) in enumerate(questions, 1):
            tape.ask(f"r{team}-{index}", kind, stem, options)
            tape.send("rush.progressed", {"team": f"t{team}", "index": index})
            if index == 1:
                tape.start()
            if index == 4:
                tape.wait(0.3)
                tape.jump(remaining + 7 * pace - 0.3)
                tape.wait(pace - 0.3)
            else:
                tape.wait(pace)
            tape.send("rush.progressed",
                      {"team": f"t{team}", "index": index, "outcome": "correct" if right else "wrong"})
        assert tape.stop() == remaining * SECOND
        correct = sum(right for *_, right in questions)
        tape.wait(1.0)
        finished = tape.send("rush.finished", {"team": f"t{team}", "correct": correct, "of": 10,
                                               "remaining": remaining, "score": score})
        tape.wait(3.6)
        rate = f"{correct / 10:g}"
        tape.score(team, score, "闯关环节", finished, f"{correct} × 10 + {remaining} × {rate}")
        tape.wait(3.0)
    tape.send("round.closed", {"id": "rush"})


def risk_question(tape, team, player, question, read, think, answer, outcome, key, law):
    tape.turn(team, player)
    tape.wait(1.2)
    tape.ask(*question, value=40)
    tape.arm(150)
    tape.wait(read)
    tape.start()
    tape.wait(think)
    tape.given(team, player, answer)
    tape.wait(1.2)
    locked = tape.lock(team)
    tape.wait(2.0)
    delta = 40 if outcome == "correct" else -40
    verdict = tape.verdict(team, outcome, locked, delta)
    tape.wait(0.6)
    tape.reveal([key], law, verdict)
    tape.wait(2.2)
    tape.score(team, delta, "回答正确" if delta > 0 else "回答错误", verdict)
    tape.wait(3.6)


def risk_choice(tape):
    tape.slate("rules", "勇往直前", 4.2, "风险环节 · 自选风险题",
               "20 分和 40 分两种分值，选定后不得更改\n20 分题限时 100 秒，40 分题限时 150 秒\n"
               "答对加所选分值；超时、错误、不完整倒扣所选分值")
    tape.round("choice", "勇往直前", "自选风险题", "risk_choice", 3, {"text": ["20 分或 40 分"]})
    tape.send("risk.offered", {"values": [20, 40]})
    tape.wait(1.6)
    for team in (1, 2, 3, 4, 5):
        tape.send("risk.locked", {"team": f"t{team}"})
        tape.wait(0.6)
    tape.wait(0.9)
    for team, value in ((1, 40), (2, 20), (3, 40), (4, 20), (5, 40)):
        tape.send("risk.revealed", {"team": f"t{team}", "value": value})
    tape.wait(4.4)
    risk_question(tape, 1, 5, ("x1", "case",
                               "某公司与职工甲订立二年期劳动合同，约定试用期六个月。甲已按试用期工资履行满六个月，"
                               "随后发现试用期约定有误，要求公司承担责任。\n"
                               "1．该试用期约定是否合法？\n2．公司应当承担什么责任？"),
                  5.0, 5.0, "约定合法，公司不承担责任", "wrong",
                  "不合法，试用期最长二个月；公司应以试用期满月工资为标准，就超过的四个月支付赔偿金",
                  "《劳动合同法》第十九条、第八十三条")
    risk_question(tape, 3, 4, ("x3", "short",
                               "职工发生事故伤害，用人单位应当在多长时间内提出工伤认定申请？用人单位未按规定提出的，"
                               "工伤职工或者其近亲属、工会组织可以在多长时间内直接提出？"),
                  3.4, 5.0, "用人单位三十日内，职工或近亲属、工会组织一年内", "correct",
                  "用人单位三十日内；职工或者其近亲属、工会组织一年内",
                  "《工伤保险条例》第十七条")
    tape.send("round.closed", {"id": "choice"})


def risk_assigned(tape):
    tape.slate("rules", "勇往直前", 3.6, "风险环节 · 他选风险题",
               "各队相互指定对方一名台上选手独立作答\n只设 40 分题，限时 150 秒\n"
               "答对加 40 分；超时、错误、不完整、他人提示倒扣 40 分")
    tape.round("assigned", "勇往直前", "他选风险题", "risk_assigned", 3, {"text": ["40 分"]})
    tape.send("risk.assigned", {"from": "t1", "to": "t5", "player": "t5p3"})
    tape.wait(3.4)
    risk_question(tape, 5, 3, ("y5", "case",
                               "职工乙入职某企业后，企业一直没有为乙办理社会保险登记，也没有缴纳工伤保险费。"
                               "入职第三个月，乙在下班途中骑车回家，被一辆闯红灯的汽车撞伤，交通事故责任认定书认定汽车驾驶人"
                               "负全部责任，乙无责任。乙住院治疗并被认定为工伤。企业提出：事故不在厂区内发生，"
                               "企业也没有参加工伤保险，因此不应承担任何工伤保险待遇。\n"
                               "1．上下班途中受到非本人主要责任的交通事故伤害，能否认定为工伤？\n"
                               "2．企业未依法缴纳工伤保险费，乙的工伤保险待遇由谁支付？\n"
                               "3．企业应当自用工之日起多少日内申请办理社会保险登记？"),
                  6.5, 6.0, "应当认定为工伤；由企业支付，企业不支付的从工伤保险基金中先行支付；三十日内", "correct",
                  "应当认定为工伤；由用人单位支付，不支付的从工伤保险基金中先行支付；三十日内",
                  "《工伤保险条例》第十四条，《社会保险法》第四十一条、第五十八条")
    tape.send("round.closed", {"id": "assigned"})


def duel(tape):
    tape.slate("rules", "擂台比拼", 3.8, "对决环节 · 赛制说明",
               "台上选手与 18 名现场观众挑战团同时作答，限时 10 秒\n"
               "答对得 10 + N 分，N 为挑战团答错人数\n答错或未作答倒扣 N 分，N 为挑战团答对人数")
    tape.round("duel", "擂台比拼", "对决环节", "duel", 4,
               {"text": ["答对 10 + N", "答错 −N"], "right": 10, "questions": 5, "duration_us": 10 * SECOND})
    # The order in which the 18 challengers press, the same each time the tape is made.
    order = [7, 2, 13, 18, 5, 11, 1, 16, 9, 4, 14, 8, 17, 3, 12, 6, 10, 15]
    plays = (
        (3, 6, ("d3", "single", "失业前累计缴费满五年不足十年的，领取失业保险金的期限最长为多少个月？",
                ("十二个月", "十八个月", "二十四个月", "三十六个月")), "B", "correct", ["B"],
         "《社会保险法》第四十六条", {3, 8, 9, 12, 15, 18}),
        (4, 6, ("d4", "judge", "无雇工的个体工商户可以参加基本养老保险，由个人缴纳基本养老保险费。", JUDGE), "B", "wrong",
         ["A"], "《社会保险法》第十条", set()),
    )
    for team, player, question, answer, outcome, key, law, wrong_seats in plays:
        tape.turn(team, player, 1, 5)
        tape.wait(1.0)
        opened = tape.send("audience.opened", {"seats": 18})
        tape.wait(1.6)
        tape.ask(*question)
        tape.arm(10)
        tape.wait(2.6)
        tape.start()
        tape.wait(1.4)
        for place, seat in enumerate(order):
            tape.send("audience.locked", {"seat": seat}, opened)
            tape.wait(0.2)
            if place == 8:
                tape.given(team, player, answer)
            if place == 13:
                locked = tape.lock(team)
        tape.wait(1.4)
        verdict = tape.verdict(team, outcome, locked)
        tape.wait(0.4)
        tape.reveal(key, law, verdict)
        tape.wait(0.4)
        wrong = len(wrong_seats)
        seats = ["wrong" if seat in wrong_seats else "right" for seat in range(1, 19)]
        n = wrong if outcome == "correct" else 18 - wrong
        tape.send("audience.tallied", {"right": 18 - wrong, "wrong": wrong, "absent": 0, "seats": seats, "n": n},
                  verdict)
        tape.wait(2.3)
        delta, formula = (10 + n, f"10 + {n}") if outcome == "correct" else (-n, f"−{n}")
        tape.score(team, delta, "对决环节第 1 题", verdict, formula)
        tape.wait(3.4)
    tape.send("round.closed", {"id": "duel"})


def audience_quiz(tape):
    tape.slate("audience_quiz", "互动问答", 2.6, "线上观众 10 万人同时作答", "不计分")
    tape.round("quiz", "互动问答", "线上观众", "audience_quiz", 0, {"text": ["不计分"]})
    tape.ask("a1", "single", "全国人力资源和社会保障系统电话咨询服务的公益专用号码是？", ("12315", "12333", "12345", "12366"))
    opened = tape.send("audience.opened", {"size": 100_000})
    for count in (8_150, 27_430, 51_900, 73_660, 88_240, 97_800):
        tape.wait(0.8)
        tape.send("audience.locked", {"count": count}, opened)
    tape.wait(0.8)
    tape.send("answer.revealed", {"key": ["B"], "explanation": "12333：人力资源和社会保障服务热线"}, opened)
    tape.wait(1.4)
    tape.send("audience.tallied", {"right": 86_420, "wrong": 11_380, "absent": 2_200, "n": 0}, opened)
    tape.wait(4.4)
    tape.send("round.closed", {"id": "quiz"})


def playoff(tape):
    tape.slate("rules", "一锤定音", 3.8, "加赛环节 · 抢答",
               "1号队与3号队现场展示成绩、笔试成绩均相同\n主持人宣布“抢答开始”后方可抢答，提前抢答视为违规\n"
               "答对加 10 分；违规、超时、错误、不完整扣 10 分")
    tape.round("playoff", "一锤定音", "加赛环节", "buzzer", 4,
               {"text": ["抢答"], "right": 10, "questions": 1, "duration_us": 10 * SECOND})
    tape.ask("p1", "single", "个人跨统筹地区就业的，其基本养老保险缴费年限怎样计算？",
             ("累计计算", "重新计算", "只算最后参保地", "只算户籍所在地"))
    tape.wait(2.8)
    foul = tape.send("buzzer.fouled", {"team": "t1", "early_us": 640_000})
    tape.wait(1.0)
    tape.score(1, -10, "提前抢答，违规", foul)
    tape.wait(2.4)
    armed = tape.send("buzzer.armed", {})
    tape.wait(0.412)
    hit = tape.send("buzzer.hit", {"team": "t3", "order": 1, "after_us": 412_000}, armed)
    tape.wait(0.6)
    tape.send("buzzer.closed", {}, hit)
    tape.wait(1.6)
    tape.turn(3, 2)
    tape.wait(1.0)
    tape.arm(10)
    tape.wait(0.8)
    tape.start()
    tape.wait(2.4)
    tape.given(3, 2, "A")
    tape.wait(1.0)
    locked = tape.lock(3)
    tape.wait(1.2)
    verdict = tape.verdict(3, "correct", locked, 10)
    tape.wait(0.7)
    tape.reveal(["A"], "《社会保险法》第十九条", verdict)
    tape.wait(0.3)
    tape.score(3, 10, "加赛回答正确", verdict)
    tape.wait(2.8)
    tape.send("round.closed", {"id": "playoff"})


def closing(tape):
    # Written 50 % and stage 50 %; the play-off decides the order only.
    rows = [(2, 1, 90, 381, None), (3, 2, 92, 366, "playoff"), (1, 3, 92, 366, "playoff"), (5, 4, 88, 350, None),
            (4, 5, 85, 282, None)]
    table = []
    for team, rank, written, stage, tie_key in rows:
        total = (written + stage) / 2
        row = {"team": f"t{team}", "rank": rank, "written": written, "stage": stage,
               "total": int(total) if total.is_integer() else total}
        if tie_key:
            row["tie_key"] = tie_key
        table.append(row)
    standings = tape.send("standings.set", {"rows": table, "ranked": True})
    tape.wait(4.0)
    tape.send("tiebreak.decided", {"teams": ["t3", "t1"], "by": "playoff"}, standings)
    tape.wait(4.0)
    tape.slate("message", "感谢观看", 4.5, "中卫市人社系统业务技能练兵比武", "人社服务树新风")
    tape.send("show.ended", {})
    assert tape.scores == {1: 356, 2: 381, 3: 376, 4: 282, 5: 350}, tape.scores


def main():
    tape = Tape()
    for part in (opening, warm_up, rush, risk_choice, risk_assigned, duel, audience_quiz, playoff, closing):
        part(tape)
    header = {"tape": 1, "show": "中卫市人社系统业务技能练兵比武（演示）", "made_by": "make_zhongwei_demo.py"}
    lines = [json.dumps(header, ensure_ascii=False, separators=(",", ":")), *tape.lines]
    (HERE / "zhongwei-demo.tape.ndjson").write_text("\n".join(lines) + "\n", encoding="utf-8")
    length = (tape.at - int(START.timestamp()) * SECOND) / SECOND
    print(f"{tape.seq} events, {length:.1f} s")


if __name__ == "__main__":
    main()
