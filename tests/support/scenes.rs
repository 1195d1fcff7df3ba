//! The states of every graphic, each as a short story and an instant of it.

use serde_json::{Value, json};

use super::story::Story;

/// One picture to draw.
pub struct Scene {
    pub name: String,
    pub story: Story,
    pub at_ms: i64,
}

fn scene(name: &str, story: Story) -> Scene {
    at(name, 0, story)
}

fn at(name: &str, at_ms: i64, story: Story) -> Scene {
    Scene { name: name.to_owned(), story, at_ms }
}

pub fn single() -> Value {
    json!({"id": "q", "kind": "single", "value": 10,
        "stem": "用人单位应当自用工之日起（　）内，为其职工向社会保险经办机构申请办理社会保险登记。",
        "options": [{"label": "A", "text": "十五日"}, {"label": "B", "text": "三十日"},
                    {"label": "C", "text": "六十日"}, {"label": "D", "text": "九十日"}]})
}

fn multi() -> Value {
    json!({"id": "q", "kind": "multi", "value": 10, "stem": "下列哪些属于《社会保险法》规定的社会保险？",
        "options": [{"label": "A", "text": "基本养老保险"}, {"label": "B", "text": "基本医疗保险"},
                    {"label": "C", "text": "工伤保险"}, {"label": "D", "text": "失业保险"},
                    {"label": "E", "text": "生育保险"}, {"label": "F", "text": "车辆保险"}]})
}

fn judge() -> Value {
    json!({"id": "q", "kind": "judge", "stem": "职工应当参加工伤保险，工伤保险费由用人单位和职工共同缴纳。",
        "options": [{"label": "A", "text": "正确"}, {"label": "B", "text": "错误"}]})
}

fn long_single() -> Value {
    json!({"id": "q", "kind": "single",
        "stem": "某公司与劳动者订立了为期三年的固定期限劳动合同，约定试用期八个月，试用期工资为转正后工资的百分之八十。劳动者在试用期满后提出，试用期的约定违反法律规定，要求公司赔偿。下列说法中正确的是（　）。",
        "options": [{"label": "A", "text": "约定合法，公司不承担任何责任"},
                    {"label": "B", "text": "试用期最长六个月，超过部分应按转正后月工资支付赔偿金"},
                    {"label": "C", "text": "试用期最长三个月，公司应补足全部工资差额"},
                    {"label": "D", "text": "劳动者已履行完毕，不得再主张权利"}]})
}

fn fill() -> Value {
    json!({"id": "q", "kind": "fill", "value": 10, "stem": "劳动争议申请仲裁的时效期间为（　）年，从当事人知道或者应当知道其权利被侵害之日起计算。"})
}

fn short() -> Value {
    json!({"id": "q", "kind": "short", "value": 20, "stem": "职工发生事故伤害，用人单位应当在多长时间内提出工伤认定申请？"})
}

const FACTS: &str = "王某于 2021 年 3 月入职甲公司，公司一直未为其缴纳工伤保险费。2024 年 5 月 8 日，王某下班途中在合理路线上骑电动自行车，被一辆闯红灯的小轿车撞伤，交警部门认定小轿车驾驶人承担事故全部责任，王某无责任。王某住院治疗 42 天后出院。甲公司认为王某已从肇事方获得民事赔偿，且事故发生在厂区之外，拒绝提出工伤认定申请，也拒绝支付任何工伤保险待遇。";
const ASKED: &str =
    "\n1. 王某所受伤害能否认定为工伤？依据是什么？\n2. 公司拒不申请，王某可在多长期限内、向哪个部门提出？";

fn case(times: usize) -> Value {
    json!({"id": "q", "kind": "case", "value": 40, "stem": format!("{}{ASKED}", FACTS.repeat(times))})
}

fn solo(question: Value) -> Story {
    Story::contest().round("初显身手", "热身环节", "solo").turn(3, 2).with(-9_000, "question.shown", question)
}

fn answered(story: Story, choice: &[&str]) -> Story {
    story
        .with(-3_000, "answer.given", json!({"team": "t3", "choice": choice}))
        .with(-2_000, "answer.locked", json!({"team": "t3"}))
        .with(-1_999, "countdown.stopped", json!({"id": "c", "remaining": 4_000_000}))
}

fn judged(story: Story, outcome: &str) -> Story {
    story.with(-1_500, "verdict.given", json!({"team": "t3", "outcome": outcome}))
}

fn revealed(story: Story, key: &[&str]) -> Story {
    story.with(-900, "answer.revealed", json!({"key": key, "explanation": "《中华人民共和国社会保险法》第五十八条"}))
}

fn scored(story: Story, ms: i64, team: &str, before: i64, delta: i64) -> Story {
    story.with(
        ms,
        "score.changed",
        json!({
            "team": team, "before": before, "delta": delta, "after": before + delta, "reason": ""
        }),
    )
}

pub fn grounds() -> Vec<Scene> {
    let right = revealed(judged(answered(solo(single()).clock(10, 6_600), &["B"]), "correct"), &["B"]);
    vec![
        scene("ground-neutral", solo(single())),
        scene("ground-right", right),
        scene("ground-title", title()),
        scene("ground-slate", message()),
        scene("ground-risk", offered(5)),
        scene("ground-win", moment(40)),
        scene("ground-loss", moment(-40)),
        scene("ground-formula", formula(8, 20, 96)),
        scene("ground-duel-right", tallied(duel("correct"), 12, 6)),
        scene("ground-duel-wrong", tallied(duel("wrong"), 18, 0)),
        // Half way from one to the next.
        at(
            "ground-dissolve",
            -8_700,
            solo(single()).with(-9_000, "slate.shown", json!({"kind": "title", "title": "擂台"})),
        ),
    ]
}

fn title() -> Story {
    Story::contest().with(
        -5_000,
        "slate.shown",
        json!({
            "kind": "title", "title": "人社系统练兵比武大赛", "subtitle": "社会保险经办服务能力竞赛\n现场展示",
            "body": "人人有社保，生活更美好"
        }),
    )
}

fn message() -> Story {
    Story::contest().with(
        -5_000,
        "slate.shown",
        json!({
            "kind": "message", "title": "请稍候", "subtitle": "裁判组正在核分", "body": "下一环节：擂台比拼"
        }),
    )
}

fn rules() -> Story {
    Story::contest().with(-5_000, "slate.shown", json!({
        "kind": "rules", "title": "争分夺秒", "subtitle": "闯关环节·赛制说明",
        "body": "每队选派 1 名选手，120 秒内连续作答 10 题\n本环节主持人不读题\n得分 = 答对题数 × 10 + 剩余秒数 × 答题正确率\n小数点后四舍五入"
    }))
}

pub fn slates() -> Vec<Scene> {
    vec![
        scene("slate-title", title()),
        at("slate-title-entering", -4_150, title()),
        scene("slate-message", message()),
        scene("slate-rules", rules()),
        at("slate-leaving", 80, message().with(0, "slate.cleared", json!({}))),
    ]
}

pub fn cards() -> Vec<Scene> {
    vec![
        scene("card-single", solo(single()).clock(10, 6_600)),
        at("card-entering", -8_700, solo(single())),
        at(
            "card-leaving",
            120,
            solo(single()).clock(10, 6_600).with(0, "turn.given", json!({"team": "t4", "player": "t4p1"})),
        ),
        scene("card-multi-six", solo(multi()).clock(10, 6_600)),
        scene("card-judge", solo(judge()).clock(10, 6_600)),
        scene("card-fill", solo(fill()).clock(10, 6_600)),
        scene("card-short", solo(short()).clock(100, 66_000)),
        scene("card-case", solo(case(1)).clock(150, 117_000)),
        scene("card-case-paged-1", solo(case(3)).clock(150, 117_000)),
        at("card-case-paged-2", 4_000, solo(case(3)).clock(150, 117_000)),
        scene("card-long", solo(long_single()).clock(10, 6_600)),
        scene("card-withdrawn", solo(single()).with(-1_000, "question.withdrawn", json!({"reason": "题目有误"}))),
    ]
}

pub fn answers() -> Vec<Scene> {
    let card = || solo(single()).clock(10, 6_600);
    let mut scenes = vec![
        scene("option-selected", card().with(-1_000, "answer.given", json!({"team": "t3", "choice": ["B"]}))),
        scene("option-locked", answered(card(), &["B"])),
        scene(
            "option-right",
            scored(revealed(judged(answered(card(), &["B"]), "correct"), &["B"]), -1_300, "t3", 300, 10),
        ),
        scene("option-wrong", revealed(judged(answered(card(), &["C"]), "wrong"), &["B"])),
        at("option-wrong-before-reveal", -1_000, judged(answered(card(), &["C"]), "wrong")),
        scene(
            "option-missed",
            revealed(judged(answered(solo(multi()).clock(10, 6_600), &["A", "B"]), "incomplete"), &["A", "B", "C"]),
        ),
        scene(
            "option-judge-right",
            revealed(judged(answered(solo(judge()).clock(10, 6_600), &["B"]), "correct"), &["B"]),
        ),
        scene("answer-fill", revealed(solo(fill()), &["一"])),
        scene(
            "answer-short",
            revealed(
                solo(short()),
                &[
                    "用人单位应当自事故伤害发生之日起三十日内提出；未按规定提出的，职工或者近亲属、工会组织可以在一年内直接提出。",
                ],
            ),
        ),
        scene(
            "answer-case",
            revealed(solo(case(1)), &["能够认定为工伤：上下班途中受到非本人主要责任的交通事故伤害，应当认定为工伤。"]),
        ),
    ];
    for outcome in ["correct", "wrong", "timeout", "incomplete", "prompted", "foul", "void"] {
        scenes.push(scene(&format!("verdict-{outcome}"), judged(card(), outcome)));
    }
    scenes.push(at("verdict-popping", -1_400, judged(card(), "correct")));
    scenes
}

pub fn rings() -> Vec<Scene> {
    let ring = |name: &str, left_ms: i64| scene(&format!("ring-{name}"), solo(single()).clock(10, left_ms));
    let running = || solo(single()).clock(10, 6_600);
    vec![
        ring("normal", 8_300),
        ring("hot", 4_500),
        ring("critical", 2_400),
        ring("zero-held", 0),
        scene("ring-expired", solo(single()).clock(10, 0).with(0, "countdown.expired", json!({"id": "c"}))),
        scene("ring-paused", running().with(-1_000, "countdown.paused", json!({"id": "c", "remaining": 6_000_000}))),
        scene("ring-stopped", running().with(-1_000, "countdown.stopped", json!({"id": "c", "remaining": 4_000_000}))),
        scene("ring-armed", solo(single()).with(-3_000, "countdown.armed", json!({"id": "c", "duration": 10_000_000}))),
        scene("ring-two-digits", solo(single()).clock(120, 47_000)),
        scene("ring-three-digits", solo(case(1)).clock(150, 117_000)),
        at(
            "ring-extended",
            150,
            running().with(0, "countdown.changed", json!({"id": "c", "ends_at": super::story::ZERO_US + 9_000_000})),
        ),
    ]
}

pub fn strips() -> Vec<Scene> {
    let names = |count: usize| {
        let all = [
            "济南市",
            "枣庄市",
            "济宁市",
            "淄博市",
            "威海市",
            "滨州市",
            "青岛市",
            "烟台市",
            "潍坊市",
            "泰安市",
            "临沂市",
            "德州市",
        ];
        Story::teams(&all[..count]).round("一锤定音", "抢答环节", "solo")
    };
    let idle = |count: usize| names(count).turn(2, 1);
    vec![
        scene("strip-2", idle(2)),
        scene("strip-5", idle(5)),
        scene("strip-8", idle(8)),
        scene("strip-12", idle(12)),
        scene(
            "strip-long-names",
            Story::teams(&["沙坡头区", "平潭综合实验区", "海原县", "市直一队", "宁夏回族自治区"])
                .round("一锤定音", "", "solo")
                .turn(2, 1),
        ),
        at("strip-counting", 850, scored(idle(5), 0, "t2", 300, 40)),
        at("strip-counted", 2_000, scored(idle(5), 0, "t2", 300, 40)),
        at("strip-loss", 2_000, scored(idle(5), 0, "t2", 300, -18)),
        at(
            "strip-corrected",
            1_500,
            scored(idle(5), -20_000, "t4", 300, 10).with(
                0,
                "score.corrected",
                json!({"team": "t4", "before": 310, "after": 300, "reason": "裁判组更正"}),
            ),
        ),
        scene("strip-big-scores", scored(scored(idle(5), -20_000, "t1", 300, 9_999), -19_000, "t3", 300, -1_234)),
        scene(
            "badge-appeal",
            scored(idle(5), -20_000, "t4", 300, 10).with(
                -1_000,
                "appeal.opened",
                json!({"subject_seq": 4, "team": "t4"}),
            ),
        ),
    ]
}

fn offered(teams: usize) -> Story {
    let names = [
        "济南市",
        "枣庄市",
        "济宁市",
        "淄博市",
        "威海市",
        "滨州市",
        "青岛市",
        "烟台市",
        "潍坊市",
        "泰安市",
        "临沂市",
        "德州市",
    ];
    Story::teams(&names[..teams]).round("勇往直前", "自选风险题", "risk_choice").with(
        -10_000,
        "risk.offered",
        json!({"values": [20, 40]}),
    )
}

fn chosen(teams: usize, revealed_ms: Option<i64>) -> Story {
    let mut story = offered(teams);
    for team in 1..=teams {
        story.tell(-8_000 + team as i64 * 100, "risk.locked", json!({"team": format!("t{team}")}));
    }
    for team in 1..=teams {
        if let Some(ms) = revealed_ms {
            story.tell(
                ms,
                "risk.revealed",
                json!({"team": format!("t{team}"), "value": if team % 3 == 1 { 20 } else { 40 }}),
            );
        }
    }
    story
}

fn moment(delta: i64) -> Story {
    let story = Story::contest()
        .round("勇往直前", "自选风险题", "risk_choice")
        .turn(4, 4)
        .with(-9_000, "question.shown", case(1))
        .with(
            -4_000,
            "verdict.given",
            json!({"team": "t4", "outcome": if delta > 0 { "correct" } else { "wrong" }, "delta": delta}),
        );
    story.with(
        -3_000,
        "score.changed",
        json!({
            "team": "t4", "before": 300, "delta": delta, "after": 300 + delta,
            "reason": if delta > 0 { "" } else { "回答内容不完整，倒扣所选分值" }
        }),
    )
}

pub fn risks() -> Vec<Scene> {
    vec![
        scene("risk-offered", offered(5)),
        scene(
            "risk-some-locked",
            offered(5).with(-5_000, "risk.locked", json!({"team": "t2"})).with(
                -4_000,
                "risk.locked",
                json!({"team": "t5"}),
            ),
        ),
        scene("risk-all-locked", chosen(8, None)),
        at("risk-flipping", 1_150, chosen(8, Some(0))),
        at("risk-revealed", 5_000, chosen(8, Some(0))),
        at("risk-revealed-12", 5_000, chosen(12, Some(0))),
        at("risk-one-revealed", 3_000, chosen(5, None).with(0, "risk.revealed", json!({"team": "t3", "value": 40}))),
        scene("moment-win", moment(40)),
        scene("moment-loss", moment(-40)),
        at("moment-first-frame", -3_000, moment(-40)),
        at("moment-counting", -2_000, moment(-40)),
    ]
}

fn rush(done: &[&str]) -> Story {
    let mut story = Story::contest()
        .round("争分夺秒", "闯关环节", "rush")
        .turn(3, 2)
        .with(-60_000, "question.shown", judge())
        .clock(120, 47_000);
    for (i, outcome) in done.iter().enumerate() {
        story.tell(
            -30_000 + i as i64 * 1_000,
            "rush.progressed",
            json!({"team": "t3", "index": i + 1, "outcome": outcome}),
        );
    }
    story
}

fn formula(correct: u32, remaining: u32, score: u32) -> Story {
    let outcomes: Vec<&str> = (0..10).map(|i| if i < correct { "correct" } else { "wrong" }).collect();
    let story = rush(&outcomes)
        .with(-10_100, "countdown.stopped", json!({"id": "c", "remaining": i64::from(remaining) * 1_000_000}))
        .with(
            -10_000,
            "rush.finished",
            json!({"team": "t3", "correct": correct, "of": 10, "remaining": remaining, "score": score}),
        );
    scored(story, -9_900, "t3", 300, i64::from(score))
}

pub fn rushes() -> Vec<Scene> {
    let entered = |story: Story| story.with(-20_000, "rush.progressed", json!({"team": "t3", "index": 8}));
    vec![
        scene(
            "rush-running",
            entered(rush(&["correct", "correct", "wrong", "correct", "correct", "correct", "correct"])),
        ),
        scene("rush-first", rush(&[])),
        scene(
            "rush-options",
            rush(&["correct"]).with(-20_000, "question.shown", single()).with(
                -19_999,
                "rush.progressed",
                json!({"team": "t3", "index": 2}),
            ),
        ),
        at("formula-counting", -9_500, formula(8, 20, 96)),
        at("formula-half", -8_300, formula(8, 20, 96)),
        scene("formula-96", formula(8, 20, 96)),
        at("formula-81-exact", -6_700, formula(7, 15, 81)),
        scene("formula-81", formula(7, 15, 81)),
    ]
}

fn duelling() -> Story {
    Story::contest()
        .round("擂台比拼", "对决环节", "duel")
        .turn(3, 4)
        .with(-20_000, "question.shown", single())
        .with(-19_500, "audience.opened", json!({"seats": 18}))
        .clock(10, 3_000)
}

fn duel(outcome: &str) -> Story {
    let mut story = duelling();
    for seat in 1..=18 {
        story.tell(-6_000 + seat * 10, "audience.locked", json!({"seat": seat}));
    }
    story
        .with(-5_500, "countdown.stopped", json!({"id": "c", "remaining": 4_000_000}))
        .with(-5_400, "verdict.given", json!({"team": "t3", "outcome": outcome}))
        .with(-5_300, "answer.revealed", json!({"key": ["B"]}))
}

fn tallied(story: Story, right: u32, wrong: u32) -> Story {
    let seats: Vec<&str> = (0..18).map(|i| if (i * 7) % 18 < wrong as usize { "wrong" } else { "right" }).collect();
    let won = wrong > 0;
    let (n, delta) = if won { (wrong, 10 + i64::from(wrong)) } else { (right, -i64::from(right)) };
    let story = story.with(
        -5_000,
        "audience.tallied",
        json!({
            "right": right, "wrong": wrong, "absent": 0, "seats": seats, "n": n
        }),
    );
    scored(story, -4_900, "t3", 300, delta)
}

pub fn duels() -> Vec<Scene> {
    let mut locking = duelling();
    for seat in [1, 2, 3, 5, 8, 13] {
        locking.tell(-2_000, "audience.locked", json!({"seat": seat}));
    }
    let large = Story::contest()
        .round("互动问答", "线上观众", "audience_quiz")
        .with(-20_000, "question.shown", single())
        .with(-19_000, "audience.opened", json!({"size": 100_000}))
        .with(-10_000, "audience.locked", json!({"count": 97_800}));
    vec![
        scene("duel-rail", locking),
        at("duel-first-frame", -5_000, tallied(duel("correct"), 12, 6)),
        at("duel-flipping", -4_250, tallied(duel("correct"), 12, 6)),
        at("duel-counting", -3_500, tallied(duel("correct"), 12, 6)),
        scene("duel-plus-16", tallied(duel("correct"), 12, 6)),
        scene("duel-minus-18", tallied(duel("wrong"), 18, 0)),
        scene("tally-answering", large.clone()),
        scene(
            "tally-told",
            large.with(-5_000, "answer.revealed", json!({"key": ["B"]})).with(
                -4_500,
                "audience.tallied",
                json!({"right": 86_420, "wrong": 11_380, "absent": 2_200, "n": 11_380}),
            ),
        ),
    ]
}
