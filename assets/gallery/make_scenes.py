"""Writes scenes.ndjson: every graphic in every state, for `leitai gallery` and `leitai check THEME`.

    python3 assets/gallery/make_scenes.py
"""

from pathlib import Path

from stories import Book, Story

book = Book()
CITIES = ["济南市", "枣庄市", "济宁市", "淄博市", "威海市", "滨州市", "青岛市", "烟台市", "潍坊市", "泰安市", "临沂市", "德州市"]
contest = book.base("contest", ["沙坡头区", "中宁县", "海原县", "市直一队", "市直二队"], scores=[366, 381, 372, 282, 350])
cities = {n: book.base(f"cities-{n}", CITIES[:n]) for n in (2, 5, 8, 12)}
long_names = book.base("long-names", ["沙坡头区", "平潭综合实验区", "海原县", "市直一队", "宁夏回族自治区"])
nobody = Story("")


def choices(*texts):
    return [{"label": "ABCDEFGHIJKL"[i], "text": text} for i, text in enumerate(texts)]


SINGLE = {
    "id": "q", "kind": "single", "value": 10,
    "stem": "用人单位应当自用工之日起（　）内，为其职工向社会保险经办机构申请办理社会保险登记。",
    "options": choices("十五日", "三十日", "六十日", "九十日"),
}
MULTI = {
    "id": "q", "kind": "multi", "value": 10, "stem": "下列哪些属于《社会保险法》规定的社会保险？",
    "options": choices("基本养老保险", "基本医疗保险", "工伤保险", "失业保险", "生育保险", "车辆保险"),
}
JUDGE = {
    "id": "q", "kind": "judge", "stem": "职工应当参加工伤保险，工伤保险费由用人单位和职工共同缴纳。",
    "options": choices("正确", "错误"),
}
LONG = {
    "id": "q", "kind": "single",
    "stem": "某公司与劳动者订立了为期三年的固定期限劳动合同，约定试用期八个月，试用期工资为转正后工资的百分之八十。"
    "劳动者在试用期满后提出，试用期的约定违反法律规定，要求公司赔偿。下列说法中正确的是（　）。",
    "options": choices("约定合法，公司不承担任何责任", "试用期最长六个月，超过部分应按转正后月工资支付赔偿金",
                       "试用期最长三个月，公司应补足全部工资差额", "劳动者已履行完毕，不得再主张权利"),
}
FILL = {"id": "q", "kind": "fill", "value": 10,
        "stem": "劳动争议申请仲裁的时效期间为（　）年，从当事人知道或者应当知道其权利被侵害之日起计算。"}
SHORT = {"id": "q", "kind": "short", "value": 20, "stem": "职工发生事故伤害，用人单位应当在多长时间内提出工伤认定申请？"}
FACTS = (
    "王某于 2021 年 3 月入职甲公司，公司一直未为其缴纳工伤保险费。2024 年 5 月 8 日，王某下班途中在合理路线上骑电动自行车，"
    "被一辆闯红灯的小轿车撞伤，交警部门认定小轿车驾驶人承担事故全部责任，王某无责任。王某住院治疗 42 天后出院。"
    "甲公司认为王某已从肇事方获得民事赔偿，且事故发生在厂区之外，拒绝提出工伤认定申请，也拒绝支付任何工伤保险待遇。"
)
ASKED = "\n1. 王某所受伤害能否认定为工伤？依据是什么？\n2. 公司拒不申请，王某可在多长期限内、向哪个部门提出？"
LAW = "《中华人民共和国社会保险法》第五十八条"


def case(times):
    return {"id": "q", "kind": "case", "value": 40, "stem": FACTS * times + ASKED}


def solo(question):
    return contest.round("初显身手", "热身环节", "solo").turn(3, 2, question_no=2, of=3).ask(question)


def locked(story, *choice):
    story = story.then(-3_000, "answer.given", team="t3", choice=list(choice)).then(-2_000, "answer.locked", team="t3")
    return story.then(-1_999, "countdown.stopped", id="c", remaining=4_000_000)


def judged(story, outcome, **more):
    return story.then(-1_500, "verdict.given", team="t3", outcome=outcome, **more)


def revealed(story, *key):
    return story.then(-900, "answer.revealed", key=list(key), explanation=LAW)


def card(question=SINGLE):
    return solo(question).clock(10, 6_600)


# --- slates -----------------------------------------------------------------------------------------------------------
def slate(base, kind, title, subtitle="", body="", ms=-20_000):
    return base.then(ms, "slate.shown", kind=kind, title=title, subtitle=subtitle, body=body)


title = slate(contest, "title", "人社系统练兵比武大赛", "社会保险经办服务能力竞赛\n现场展示", "人人有社保，生活更美好")
message = slate(contest, "message", "请稍候", "裁判组正在核分", "下一环节：擂台比拼")
book.scene("ground", "empty", nobody)
book.scene("slate", "title", title)
book.scene("slate", "title-entering", title, at_ms=-19_150, moving=True)
book.scene("slate", "message", message)
book.scene("slate", "leaving", message.then(0, "slate.cleared"), at_ms=80, moving=True)
book.scene("slate", "tabulating", slate(contest, "tabulating", "成绩统计中", "裁判组核分，请稍候"))
book.scene("slate", "photo", slate(cities[8], "photo", "合影留念", "请各代表队上台"))
book.scene("slate", "thanks", slate(contest, "thanks", "鸣谢", "主办单位 承办单位",
           "人力资源和社会保障局\n社会保险事业中心\n文化艺术中心"))
book.scene("slate", "showcase", slate(contest, "showcase", "小热线 大营商", "风采展示·12345 热线", "练兵比武强技能，人社服务树新风"))
book.scene("slate", "notary", slate(contest, "notary", "公证词", "公证处",
           "经审查，本次竞赛的报名、命题、抽签、评分程序符合竞赛规则，结果真实、有效。"))
book.scene("slate", "audience-quiz", slate(contest, "audience_quiz", "互动问答", "请台下观众举手作答", "赠送精美礼品\n每人限答一题"))
book.scene("slate", "lineup", slate(cities[8], "lineup", "参赛队伍"))
book.scene("slate", "lineup-team", slate(contest, "lineup", "参赛队伍", "t3"))
LYRIC = "社保断档心慌张，\n眼见的退休养老没有下稍。\n我在家中急得心乱如麻，\n多亏了这姑娘，\n她帮我办好续接才心安……"
interlude = slate(contest, "interlude", "京剧《社保情·京剧新编》",
                  "烟台市社保中心·市文化艺术中心 联合创作\n成绩统计中\n裁判组核分，请稍候", LYRIC)
book.scene("slate", "interlude", interlude)
book.scene("slate", "interlude-sung", interlude.then(-10_000, "slate.stepped", line=1).then(-6_000, "slate.stepped", line=2)
           .then(-3_000, "slate.stepped", line=3))


def rules(format, figures, body="", name="初显身手", sub="热身环节"):
    story = contest.then(-150_000, "round.opened", id="r", name=name, subtitle=sub, format=format, number=1, of=5, rules=figures)
    return slate(story, "rules", "赛制说明", "", body)


book.scene("rules", "warm-up", rules("solo", {
    "kinds": ["single", "multi", "fill", "judge"], "questions": 3, "duration_us": 10_000_000, "right": 10, "wrong": 0,
    "who": "1、2、3 号选手依次独立作答",
    "text": ["主持人读题，“请答题”后开始计时", "说出“回答完毕”即锁定答案", "超时、错误、不完整、他人提示均不得分"]}))
book.scene("rules", "rush", rules("rush", {"right": 10, "questions": 10, "duration_us": 120_000_000,
           "kinds": ["single", "multi", "judge"]}, name="争分夺秒", sub="闯关环节"))
book.scene("rules", "risk", rules("risk_choice", {"values": [20, 40], "duration_us": 150_000_000, "kinds": ["short", "case"]},
           "20 分题 100 秒，40 分题 150 秒\n答对加分，答错、超时、不完整扣除所选分值", "勇往直前", "风险环节"))

# --- between questions ------------------------------------------------------------------------------------------------
opened = contest.round("初显身手", "热身环节", "solo", number=1, of=5, rules={"who": "由 1、2、3 号选手依次独立作答，每题限时 10 秒"})
book.scene("turn", "round", opened)
book.scene("turn", "team", contest.round("初显身手", "热身环节", "solo").turn(3, 2, question_no=2, of=3))
book.scene("turn", "desk", cities[12].round("争分夺秒", "闯关环节", "rush").turn(2, 1))
book.scene("lower-third", "idle", contest.round("初显身手", "热身环节", "solo").turn(3, 2)
           .then(-5_000, "lower_third.shown", title="公证员", subtitle="现场公证"))
book.scene("lower-third", "card", card().then(-5_000, "lower_third.shown", title="裁判长", subtitle="竞赛裁判组"))
assigned = contest.round("勇往直前", "他选风险题", "risk_assigned")
for n, ms in zip(range(1, 6), range(-15_000, 0, 3_000)):
    assigned = assigned.then(ms, "risk.assigned", **{"from": f"t{n}", "to": f"t{n % 5 + 1}", "player": f"t{n % 5 + 1}p3"})
    if n == 2:
        book.scene("assignment", "some", assigned)
book.scene("assignment", "all", assigned, at_ms=3_000)

# --- question cards ---------------------------------------------------------------------------------------------------
book.scene("card", "single", card())
book.scene("card", "entering", solo(SINGLE), at_ms=-8_700, moving=True)
book.scene("card", "leaving", card().then(0, "turn.given", team="t4", player="t4p1"), at_ms=120, moving=True)
book.scene("card", "multi-six", card(MULTI))
book.scene("card", "judge", card(JUDGE))
book.scene("card", "fill", card(FILL))
book.scene("card", "short", solo(SHORT).clock(100, 66_000))
book.scene("card", "long", card(LONG))
book.scene("card", "case", solo(case(1)).clock(150, 117_000))
book.scene("card", "case-page-1", solo(case(3)).clock(150, 117_000))
book.scene("card", "case-page-2", solo(case(3)).clock(150, 117_000), at_ms=4_000)
book.scene("card", "withdrawn", solo(SINGLE).then(-4_000, "question.withdrawn", reason="题目有误"))
for phase in ("reading", "discussion", "answering"):
    book.scene("phase", phase, solo(case(1)).clock(150, 117_000).then(-8_000, "phase.set", phase=phase))

# --- options and answers ----------------------------------------------------------------------------------------------
book.scene("option", "selected", card().then(-2_000, "answer.given", team="t3", choice=["B"]),
           beside=("card-single", "Option", 1))
book.scene("option", "locked", locked(card(), "B"), beside=("option-selected", "Option", 1))
book.scene("option", "right", revealed(judged(locked(card(), "B"), "correct"), "B").score(-800, 3, 10), at_ms=2_500)
book.scene("option", "wrong-before-reveal", judged(locked(card(), "B"), "wrong"), at_ms=-950,
           beside=("option-locked", "Option", 1))
book.scene("option", "wrong", revealed(judged(locked(card(), "B"), "wrong"), "C"), at_ms=2_500,
           beside=("option-right", "Option", 1))
book.scene("option", "missed", revealed(judged(locked(card(MULTI), "A", "B"), "incomplete"), "A", "B", "C"), at_ms=2_500)
book.scene("option", "judge-right", revealed(judged(locked(card(JUDGE), "B"), "correct"), "B"), at_ms=2_500)
book.scene("answer", "fill", revealed(solo(FILL), "一"), at_ms=2_500)
book.scene("answer", "short", revealed(solo(SHORT),
           "用人单位应当自事故伤害发生之日起三十日内提出；未按规定提出的，职工或者近亲属、工会组织可以在一年内直接提出。"), at_ms=2_500)
book.scene("answer", "case", revealed(solo(case(1)),
           "能够认定为工伤：上下班途中受到非本人主要责任的交通事故伤害，应当认定为工伤。"), at_ms=2_500)
book.scene("answer", "given", solo(FILL).clock(10, 6_600).then(-4_000, "answer.given", team="t3", text="一")
           .then(-3_000, "answer.locked", team="t3"))
for outcome in ("correct", "wrong", "timeout", "incomplete", "prompted", "foul", "void"):
    beside = None if outcome == "correct" else ("verdict-correct",)
    book.scene("verdict", outcome, judged(card(), outcome), at_ms=2_500, beside=beside)
book.scene("verdict", "entering", judged(card(), "correct"), at_ms=-1_400, moving=True)

# --- the ring ---------------------------------------------------------------------------------------------------------
for state, left_ms in (("normal", 8_300), ("hot", 4_500), ("critical", 2_400), ("zero", 0)):
    book.scene("ring", state, solo(SINGLE).clock(10, left_ms))
book.scene("ring", "expired", solo(SINGLE).clock(10, -2_000).then(-2_000, "countdown.expired", id="c"))
book.scene("ring", "paused", card().then(-3_000, "countdown.paused", id="c", remaining=6_000_000))
book.scene("ring", "stopped", card().then(-3_000, "countdown.stopped", id="c", remaining=4_000_000))
book.scene("ring", "armed", solo(SINGLE).then(-3_000, "countdown.armed", id="c", duration=10_000_000))
book.scene("ring", "two-digits", solo(SINGLE).clock(120, 47_000))
book.scene("ring", "three-digits", solo(case(1)).clock(150, 117_000))
book.scene("ring", "extended", card().then(0, "countdown.changed", id="c", ends_at={"ms": 9_000}), at_ms=150, moving=True)

# --- the strip --------------------------------------------------------------------------------------------------------
def strip(base):
    return base.round("一锤定音", "抢答环节", "solo").turn(2, 1)


for count in (2, 5, 8, 12):
    book.scene("strip", str(count), strip(cities[count]))
book.scene("strip", "long-names", strip(long_names))
book.scene("strip", "counting", strip(cities[5]).score(0, 2, 40), at_ms=850, moving=True)
book.scene("strip", "gain", strip(cities[5]).score(0, 2, 40), at_ms=2_000)
book.scene("strip", "loss", strip(cities[5]).score(0, 2, -18), at_ms=2_000, beside=("strip-gain",))
book.scene("strip", "other-team", cities[5].round("一锤定音", "抢答环节", "solo").turn(3, 1), beside=("strip-5",))
book.scene("strip", "corrected", strip(cities[5]).score(-20_000, 4, 10)
           .then(0, "score.corrected", team="t4", before=310, after=300, reason="裁判组更正"), at_ms=1_500)
book.scene("strip", "big-scores", strip(cities[5]).score(-20_000, 1, 9_999).score(-19_000, 3, -1_234))
book.scene("notice", "appeal", strip(cities[5]).score(-20_000, 4, 10)
           .then(-5_000, "appeal.opened", subject_seq=4, team="t4"))
book.scene("notice", "resolved", strip(cities[5]).score(-20_000, 4, 10)
           .then(-9_000, "appeal.opened", subject_seq=4, team="t4")
           .then(-2_000, "appeal.resolved", outcome="改判正确", note="“两倍”与“二倍”同义"))

# --- the risk wall and its moments ------------------------------------------------------------------------------------
def offered(count):
    return cities[count].round("勇往直前", "自选风险题", "risk_choice").then(-10_000, "risk.offered", values=[20, 40])


def chosen(count, ms=None):
    story = offered(count)
    for team in range(1, count + 1):
        story = story.then(-8_000 + team * 100, "risk.locked", team=f"t{team}")
    for team in range(1, count + 1) if ms is not None else ():
        story = story.then(ms, "risk.revealed", team=f"t{team}", value=20 if team % 3 == 1 else 40)
    return story


def moment(delta):
    story = contest.round("勇往直前", "自选风险题", "risk_choice").turn(4, 4).ask(case(1))
    story = story.then(-4_000, "verdict.given", team="t4", outcome="correct" if delta > 0 else "wrong", delta=delta)
    return story.score(-3_900, 4, delta, "" if delta > 0 else "回答内容不完整，倒扣所选分值")


book.scene("risk", "offered", offered(5))
book.scene("risk", "choosing", offered(5).then(-5_000, "risk.locked", team="t2").then(-4_000, "risk.locked", team="t5"),
           beside=("risk-offered", "Coin", 1))
book.scene("risk", "locked", chosen(8))
book.scene("risk", "flipping", chosen(8, 0), at_ms=1_150, moving=True)
book.scene("risk", "revealed", chosen(8, 0), at_ms=5_000)
book.scene("risk", "revealed-12", chosen(12, 0), at_ms=5_000)
book.scene("risk", "one-revealed", chosen(5).then(0, "risk.revealed", team="t3", value=40), at_ms=3_000)
book.scene("moment", "first-frame", moment(-40), at_ms=-3_900, moving=True)
book.scene("moment", "counting", moment(-40), at_ms=-2_900, moving=True)
book.scene("moment", "loss", moment(-40))
book.scene("moment", "win", moment(40), beside=("moment-loss",))

# --- the speed round --------------------------------------------------------------------------------------------------
def rush(*done):
    story = contest.round("争分夺秒", "闯关环节", "rush").turn(3, 2).ask(JUDGE, -74_000).clock(120, 47_000)
    for i, outcome in enumerate(done):
        story = story.then(-30_000 + i * 1_000, "rush.progressed", team="t3", index=i + 1, outcome=outcome)
    return story


def formula(correct, remaining, score):
    story = rush(*["correct" if i < correct else "wrong" for i in range(10)])
    story = story.then(-10_100, "countdown.stopped", id="c", remaining=remaining * 1_000_000)
    story = story.then(-10_000, "rush.finished", team="t3", correct=correct, of=10, remaining=remaining, score=score)
    return story.score(-9_900, 3, score)


book.scene("rush", "first", rush())
book.scene("rush", "running", rush("correct", "correct", "wrong", "correct", "correct", "correct", "correct")
           .ask(JUDGE, -20_000).then(-19_999, "rush.progressed", team="t3", index=8))
for outcome, beside in (("correct", None), ("wrong", ("rush-correct",))):
    story = rush("correct", outcome).ask(JUDGE, -20_000).then(-19_999, "rush.progressed", team="t3", index=3)
    book.scene("rush", outcome, story, beside=beside)
book.scene("rush", "options", rush("correct").ask(SINGLE, -20_000).then(-19_999, "rush.progressed", team="t3", index=2))
book.scene("formula", "counting", formula(8, 20, 96), at_ms=-8_300, moving=True)
book.scene("formula", "96", formula(8, 20, 96))
book.scene("formula", "rounded", formula(7, 15, 81))

# --- the duel ---------------------------------------------------------------------------------------------------------
duelling = contest.round("擂台比拼", "对决环节", "duel").turn(3, 4).ask(SINGLE, -20_000)
duelling = duelling.then(-19_500, "audience.opened", seats=18).clock(10, 3_000)


def duel(outcome, right, wrong, absent=0):
    story = duelling
    for seat in range(1, 19 - absent):
        story = story.then(-6_000 + seat * 10, "audience.locked", seat=seat)
    story = story.then(-5_500, "countdown.stopped", id="c", remaining=4_000_000)
    story = story.then(-5_400, "verdict.given", team="t3", outcome=outcome).then(-5_300, "answer.revealed", key=["B"])
    kinds = ["wrong" if i * 7 % 18 < wrong else "right" for i in range(18 - absent)] + ["absent"] * absent
    count, delta = (wrong, 10 + wrong) if outcome == "correct" else (right, -right)
    story = story.then(-5_000, "audience.tallied", right=kinds.count("right"), wrong=kinds.count("wrong"), absent=absent, seats=kinds, n=count)
    return story.score(-4_900, 3, delta)


locking = duelling
for seat in (1, 2, 3, 5, 8, 13):
    locking = locking.then(-2_000, "audience.locked", seat=seat)
book.scene("duel", "seats", locking)
book.scene("duel", "first-frame", duel("correct", 12, 6), at_ms=-5_000, moving=True)
book.scene("duel", "flipping", duel("correct", 12, 6), at_ms=-4_250, moving=True)
book.scene("duel", "gain", duel("correct", 12, 6))
book.scene("duel", "loss", duel("wrong", 18, 0))
book.scene("duel", "all-wrong", duel("correct", 0, 18))
book.scene("duel", "all-right", duel("correct", 18, 0), beside=("duel-all-wrong", "Seat"))
book.scene("duel", "absent", duel("correct", 12, 4, absent=2))
crowd = contest.round("互动问答", "线上观众", "audience_quiz").ask(SINGLE, -20_000).then(-19_000, "audience.opened", size=100_000)
crowd = crowd.then(-10_000, "audience.locked", count=97_800)
book.scene("tally", "answering", crowd)
book.scene("tally", "told", crowd.then(-5_000, "answer.revealed", key=["B"])
           .then(-4_500, "audience.tallied", right=86_420, wrong=11_380, absent=2_200, n=11_380))
hall = contest.then(-155_000, "roster.updated", teams=[{"id": "hall", "name": "现场观众", "number": 6}])
hall = hall.round("互动问答", "", "audience_quiz").ask(SINGLE).then(-6_000, "answer.given", team="hall", choice=["C"])
hall = hall.then(-5_000, "answer.locked").then(-4_000, "verdict.given", team="hall", outcome="wrong")
book.scene("tally", "hall-wrong", hall.then(-3_000, "answer.revealed", key=["B"]))

# --- the buzzer -------------------------------------------------------------------------------------------------------
buzzing = cities[8].round("一锤定音", "抢答题", "buzzer", rules={"right": 10, "foul": -10}).ask(SINGLE, -20_000)
armed = buzzing.then(-10_000, "buzzer.armed")
won = armed
for order in range(1, 6):
    won = won.then(-5_000 + order * 41, "buzzer.hit", team=f"t{9 - order}", order=order, after_us=271_000 + 41_000 * order)
foul = buzzing.then(-8_000, "buzzer.fouled", team="t2", early_us=186_000, note="本题作废重抢").score(-7_800, 2, -10)
book.scene("buzzer", "reading", buzzing)
book.scene("buzzer", "armed", armed)
book.scene("buzzer", "hit", won)
book.scene("buzzer", "closed", armed.then(-2_000, "buzzer.closed"))
book.scene("buzzer", "foul", foul, beside=("buzzer-reading",))
book.scene("buzzer", "armed-again", foul.then(-3_000, "buzzer.armed"))

# --- tables -----------------------------------------------------------------------------------------------------------
def rows(count):
    return [{"team": f"t{n}", "rank": n, "written": 98.5 - (n - 1), "stage": 500 - 9 * (n - 1), "total": 300 - 6.25 * (n - 1)}
            for n in range(1, count + 1)]


def standings(base, table, ranked=True, ms=-30_000):
    return base.then(ms, "standings.set", rows=table, ranked=ranked, title="总成绩", advance=4)


tied = rows(8)
for row, general in ((1, 47.5), (2, 45)):
    tied[row].update(total=293.75, general_written=general, tie_key="general_written")
book.scene("standings", "eight", standings(cities[8], rows(8)))
book.scene("standings", "twelve", standings(cities[12], rows(12)))
book.scene("standings", "unranked", standings(cities[5], rows(5), ranked=False))
book.scene("standings", "tied", standings(cities[8], tied))
book.scene("standings", "revealing", standings(cities[8], rows(8), ms=-700), moving=True)
parts = [{"label": "笔试", "score": 92, "percent": 50}, {"label": "现场展示", "score": 412, "percent": 50}]
book.scene("total", "parts", contest.then(-20_000, "total.shown", team="t3", parts=parts, total=252, rank=1))
advance = cities[8].then(-60_000, "advance.set", slots=4, title="晋级决赛")
for slot, ms in ((4, -50_000), (3, -45_000), (2, -40_000), (1, -35_000)):
    advance = advance.then(ms, "advance.revealed", slot=slot, team=f"t{slot}")
    if slot == 3:
        book.scene("advance", "half", advance)
book.scene("advance", "all", advance)

# --- awards and draws -------------------------------------------------------------------------------------------------
FAMILY = "丁叶许李邱王刘苏吴何陈林黄张郑杨蔡赖谢曾江周徐孙胡朱高郭马罗梁宋"
GIVEN = "明华建国志强丽娟秀英文婷晓东海燕玉梅春雷永红小军佳怡子涵雨欣思远"


def person(n):
    first = GIVEN[n * 5 % len(GIVEN)] + (GIVEN[n * 11 % len(GIVEN)] if n % 3 else "")
    return FAMILY[n % len(FAMILY)] + ("　" if n % 3 == 0 else "") + first


def award(title, count, **more):
    table = [{"name": person(n), "unit": CITIES[n % 12]} for n in range(count)]
    return contest.then(-9_500, "award.set", id="a", title=title, note="按姓氏笔画为序", rows=more.get("rows", table))


book.scene("award", "one", award("特别贡献奖", 1))
book.scene("award", "three", award("一等奖", 3))
book.scene("award", "ten", award("全省·人社知识通", 10))
book.scene("award", "twenty", award("全省·人社知识通", 20), at_ms=-2_500)
groups = [{"group": f"第{'一二三四五六七八九十'[n // 3]}组", "name": person(n), "unit": CITIES[n % 12]} for n in range(30)]
book.scene("award", "groups", award("岗位练兵明星", 0, rows=groups), at_ms=-2_500)
places = [{"group": f"第{'一二三'[n]}名", "name": team, "unit": ""} for n, team in enumerate(("中宁县", "海原县", "沙坡头区"))]
book.scene("award", "hero", award("团体奖", 0, rows=places).then(-4_000, "award.stepped", id="a", row=1))
draw = cities[8].then(-40_000, "draw.opened", kind="team_number", title="抽签决定出场顺序", pool=[f"{n} 号" for n in range(1, 9)])
for n in range(1, 6):
    draw = draw.then(-40_000 + n * 5_000, "draw.resolved", slot=f"t{n}", value=f"{9 - n} 号")
    if n == 3:
        book.scene("draw", "numbers-some", draw, at_ms=-12_000)
book.scene("draw", "numbers", draw)
people = contest.then(-40_000, "draw.opened", kind="representative", pool=[person(n) for n in range(30)], slots=3)
book.scene("draw", "rolling", people, at_ms=-36_000, moving=True)
book.scene("draw", "person", people.then(-20_000, "draw.resolved", slot="1", value=person(7)))
book.scene("draw", "question", contest.then(-40_000, "draw.opened", kind="question", pool=[str(n) for n in range(1, 41)])
           .then(-20_000, "draw.resolved", slot="t1", value="7").then(-10_000, "draw.resolved", slot="t2", value="14"))

# --- clips ------------------------------------------------------------------------------------------------------------
clip = contest.round("勇往直前", "他选风险题", "risk_assigned").then(
    -40_000, "media.cued", id="v", sha256="0" * 64, title="他选风险·案例视频", duration=90_000_000)
book.scene("media", "playing", clip.then(-30_000, "media.started", id="v", at={"ms": -30_000}))
book.scene("media", "paused", clip.then(-30_000, "media.started", id="v", at={"ms": -30_000}).then(-5_000, "media.paused", id="v"))

book.write(Path(__file__).parent / "scenes.ndjson")
