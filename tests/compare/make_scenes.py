"""Writes the scenes that are compared with the mock-ups: the same words and figures, as far as a feed tells them.

    python3 tests/compare/make_scenes.py

A file a theme; a scene has the name of its mock-up.
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent / "assets" / "gallery"))

from stories import Book  # noqa: E402

FIVE = ["济南市", "枣庄市", "济宁市", "淄博市", "威海市"]
EIGHT = [*FIVE, "滨州市", "青岛市", "烟台市"]
TITLE = "人社系统练兵比武大赛"
books = {theme: Book() for theme in ("qingkong", "zhujin", "subai")}


def choices(*texts):
    return [{"label": "ABCD"[i], "text": text} for i, text in enumerate(texts)]


CARD = {"id": "q", "kind": "single", "value": 10,
        "stem": "用人单位应当自用工之日起（　）内，为其职工向社会保险经办机构申请办理社会保险登记。",
        "options": choices("十五日", "三十日", "六十日", "九十日")}
CASE = {"id": "q", "kind": "case", "value": 40, "stem":
        "王某于 2021 年 3 月入职甲公司，公司一直未为其缴纳工伤保险费。2024 年 5 月 8 日，王某下班途中在合理路线上骑电动自行车，"
        "被一辆闯红灯的小轿车撞伤，交警部门认定小轿车驾驶人承担事故全部责任，王某无责任。王某住院治疗 42 天后出院。"
        "甲公司认为王某已从肇事方获得民事赔偿，且事故发生在厂区之外，拒绝提出工伤认定申请，也拒绝支付任何工伤保险待遇。\n"
        "1. 王某所受伤害能否认定为工伤？依据是什么？\n2. 公司拒不申请，王某可在多长期限内、向哪个部门提出？\n"
        "3. 王某鉴定为九级伤残并解除劳动合同，未参保的待遇由谁支付？包括哪些一次性待遇？"}
JUDGE = {"id": "q", "kind": "judge", "stem": "职工达到法定退休年龄时累计缴费不足最低年限的，可以延长缴费。",
         "options": choices("正确", "错误")}
DUEL = {"id": "q", "kind": "single", "stem": "失业人员累计缴费满一年不足五年的，领取失业保险金的期限最长为（　）。",
        "options": choices("6 个月", "12 个月", "18 个月", "24 个月")}
BUZZ = {"id": "q", "kind": "single", "stem": "用人单位应当自行申报、按时足额缴纳社会保险费，非因（　）等法定事由不得缓缴、减免。",
        "options": choices("不可抗力", "经营困难", "停业整顿", "资金周转")}


def five(book, name, scores):
    return book.base(name, FIVE, TITLE, scores=scores)


def card(book):
    story = five(book, "card", [320, 310, 310, 310, 300]).round("初显身手", "热身环节·第 2 轮", "solo")
    return story.turn(3, 2).ask(CARD).clock(10, 6_600)


def loss(book):
    story = five(book, "loss", [464, 411, 376, 440, 380]).round("勇往直前", "自选风险题·40 分", "risk_choice").turn(4, 4)
    story = story.ask(CASE).then(-4_000, "verdict.given", team="t4", outcome="wrong", delta=-40)
    return story.score(-3_900, 4, -40, "回答内容不完整，倒扣所选分值")


def standings(book):
    table = zip((3, 4, 1, 5, 7, 2, 6, 8), (95.5, 94.5, 92.5, 93, 90.5, 91, 89.5, 88), (486, 468, 470, 452, 441, 428, 417, 409))
    rows = [{"team": f"t{team}", "rank": rank, "written": written, "stage": stage, "total": written / 2 + stage / 2}
            for rank, (team, written, stage) in enumerate(table, 1)]
    for row, general in ((rows[1], 88), (rows[2], 85)):
        row.update(tie_key="written", general_written=general)
    story = book.base("eight", EIGHT, TITLE)
    return story.then(-30_000, "standings.set", rows=rows, ranked=True, title="总成绩", advance=4)


def duel(book):
    story = five(book, "duel", [504, 371, 416, 440, 460]).round("擂台比拼", "对决环节·第 1 题", "duel", rules={"right": 10})
    story = story.turn(1, 4).ask(DUEL, -20_000).then(-19_500, "audience.opened", seats=18).clock(10, 3_000)
    for seat in range(1, 19):
        story = story.then(-8_000 + seat * 10, "audience.locked", seat=seat)
    story = story.then(-7_500, "countdown.stopped", id="c", remaining=4_000_000)
    story = story.then(-7_400, "verdict.given", team="t1", outcome="correct").then(-7_300, "answer.revealed", key=["B"])
    seats = ["wrong" if seat in (3, 6, 9, 12, 14, 17) else "right" for seat in range(1, 19)]
    story = story.then(-7_000, "audience.tallied", right=12, wrong=6, absent=0, seats=seats, n=6)
    return story.score(-6_900, 1, 16)


# --- 晴空: all ---------------------------------------------------------------------------------------------------------
book = books["qingkong"]


def scene(name, story, at_ms=0, theme=None):
    classes = [next((kind for kind in ("wall", "stream") if name.startswith(kind)), "tv")]
    (theme or books["qingkong"]).scene("mock-up", name, story, at_ms=at_ms, classes=classes, name=name)


question = card(book)
scene("tv-01-question-card", question)
scene("wall-01-question-card", question)
scene("stream-01-question-alpha", question)
story = question.then(-3_000, "answer.given", team="t3", choice=["B"]).then(-2_900, "answer.locked", team="t3")
story = story.then(-2_800, "countdown.stopped", id="c", remaining=6_600_000)
story = story.then(-1_500, "verdict.given", team="t3", outcome="correct", delta=10)
story = story.then(-1_400, "answer.revealed", key=["B"], explanation="《中华人民共和国社会保险法》第五十八条")
scene("tv-02-verdict-correct", story.score(-1_300, 3, 10), at_ms=1_500)
story = five(book, "case", [464, 411, 376, 440, 380]).round("勇往直前", "风险环节·第一轮自选", "risk_choice")
scene("tv-03-case-long", story.turn(4, 4).ask(CASE).clock(150, 117_000))
wall = book.base("risk", EIGHT, TITLE).round("狭路相逢", "风险题·20 分或 50 分自选", "risk_choice")
wall = wall.then(-20_000, "risk.offered", values=[20, 50])
for team in (1, 2, 3, 4, 5, 7, 8):
    wall = wall.then(-15_000 + team * 100, "risk.locked", team=f"t{team}")
scene("tv-04a-risk-wall-hidden", wall)
wall = wall.then(-8_000, "risk.locked", team="t6")
for team, value in enumerate((50, 50, 50, 20, 50, 50, 20, 50), 1):
    wall = wall.then(-7_000, "risk.revealed", team=f"t{team}", value=value)
scene("tv-04b-risk-wall-revealed", wall)
scene("tv-05-risk-minus40", loss(book))
rush = five(book, "rush", [424, 391, 416, 330, 310]).round("争分夺秒", "闯关环节·120 秒 10 题", "rush").turn(3, 2)
rush = rush.ask(JUDGE, -74_000).clock(120, 46_600)
answers = ["correct", "correct", "wrong", "correct", "correct", "correct", "correct"]
running = rush
for index, outcome in enumerate(answers, 1):
    running = running.then(-72_000 + index * 5_000, "rush.progressed", team="t3", index=index, outcome=outcome)
running = running.ask(JUDGE, -20_000).then(-19_999, "rush.progressed", team="t3", index=8)
scene("tv-06a-speed-running", running)
done = rush
for index, outcome in enumerate(["correct", "correct", "wrong", "correct", "correct", "correct", "correct", "wrong", "correct", "correct"], 1):
    done = done.then(-72_000 + index * 4_000, "rush.progressed", team="t3", index=index, outcome=outcome)
done = done.then(-12_100, "countdown.stopped", id="c", remaining=20_000_000)
scene("tv-06b-speed-formula", done.then(-12_000, "rush.finished", team="t3", correct=8, of=10, remaining=20, score=96))
fought = duel(book)
for name in ("tv-07-duel-verdict", "wall-07-duel-verdict", "stream-07-duel-alpha"):
    scene(name, fought)
buzz = book.base("buzzer", EIGHT, TITLE).round("一锤定音", "抢答题", "buzzer", rules={"right": 10, "foul": -10, "questions": 24})
buzz = buzz.then(-25_000, "turn.given", team="t1", question_no=9, of=24).ask(BUZZ, -20_000)
armed = buzz.then(-10_000, "buzzer.armed")
scene("tv-08a-buzzer-armed", armed)
won = armed.then(-5_000, "buzzer.hit", team="t3", order=1, after_us=312_000)
scene("tv-08b-buzzer-winner", won.then(-4_959, "buzzer.hit", team="t7", order=2, after_us=353_000))
foul = buzz.then(-5_000, "buzzer.fouled", team="t7", early_us=186_000, note="本题作废重抢")
scene("tv-08c-buzzer-foul", foul.score(-4_900, 7, -10))
scene("tv-09-standings", standings(book))
names = [("丁晓岚", "泉州"), ("王　琳", "福州"), ("叶志鹏", "厦门"), ("刘雨桐", "漳州"), ("许文博", "莆田"), ("苏婉清", "省社保中心"),
         ("李　昂", "三明"), ("吴建华", "龙岩"), ("邱思远", "南平"), ("何欣怡", "宁德")]
table = [{"name": name, "unit": unit} for name, unit in names * 2]
hall = book.base("fujian", EIGHT, "2024 年度福建省人社窗口单位业务技能练兵比武")
scene("tv-10-awards-20", hall.then(-6_000, "award.set", id="a", title="全省·人社知识通", rows=table, note="按姓氏笔画为序"))
city = book.base("yantai", EIGHT, "社会保险经办服务能力职业技能竞赛·烟台赛区", organiser="山东省“技能兴鲁”职业技能大赛")
advance = city.then(-60_000, "advance.set", slots=4, title="晋级决赛")
for slot, team, ms in ((4, 5, -50_000), (3, 1, -45_000), (2, 4, -40_000), (1, 3, -35_000)):
    advance = advance.then(ms, "advance.revealed", slot=slot, team=f"t{team}")
scene("tv-11-advance-4", advance)
lyric = "社保断档心慌张\n眼见的退休养老没有下稍\n我在家中急得心乱如麻\n多亏了这姑娘\n她帮我办好续接才心安"
story = city.then(-30_000, "slate.shown", kind="interlude", title="京剧《社保情·京剧新编》",
                  subtitle="烟台市社保中心·市文化艺术中心 联合创作\n成绩统计中\n裁判组核分，请稍候", body=lyric)
for line in range(1, 5):
    story = story.then(-20_000 + line * 3_000, "slate.stepped", line=line)
scene("tv-12a-interstitial", story)
scene("tv-12b-title", city.then(-30_000, "slate.shown", kind="title", title="人社系统\n练兵比武大赛",
      subtitle="社会保险经办服务能力职业技能竞赛\n晋级赛·烟台赛区", body="人人有社保，生活更美好"))

# --- 朱金 and 素白: three each -------------------------------------------------------------------------------------------
for theme, prefix in (("zhujin", "theme2"), ("subai", "theme3")):
    book = books[theme]
    scene(f"{prefix}-01-question-card", card(book), theme=book)
    scene(f"{prefix}-05-risk-minus40", loss(book), theme=book)
    scene(f"{prefix}-09-standings", standings(book), theme=book)

for theme, book in books.items():
    book.write(HERE / f"{theme}.scenes.ndjson")
