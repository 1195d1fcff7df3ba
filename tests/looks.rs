//! Pictures to look at while drawing: not a promise, run by hand with LEITAI_LOOKS=folder.

use std::sync::Arc;

use leitai::{
    show::{
        clip::Clips,
        frame::{Output, compose},
    },
    themes,
    typeset::Typesetter,
};
use serde_json::json;

use crate::support::{
    story::{Story, ZERO_US},
    with_headless,
};

#[test]
#[ignore = "writes pictures for the eye"]
fn looks() {
    let theme = themes::built_in().unwrap();
    let out = std::env::var("LEITAI_LOOKS").unwrap_or("/tmp/looks".into());
    std::fs::create_dir_all(&out).unwrap();
    let question = json!({"id": "q1", "kind": "single", "value": 10,
        "stem": "用人单位应当自用工之日起（　）内，为其职工向社会保险经办机构申请办理社会保险登记。",
        "options": [{"label":"A","text":"十五日"},{"label":"B","text":"三十日"},{"label":"C","text":"六十日"},{"label":"D","text":"九十日"}]});
    let base = || {
        Story::contest().round("初显身手", "热身环节", "solo").turn(3, 2).with(
            -9000,
            "question.shown",
            question.clone(),
        )
    };
    let card = base().clock(10, 6600);
    let locked = card
        .clone()
        .with(-3000, "answer.given", json!({"team":"t3","choice":["B"]}))
        .with(-2000, "answer.locked", json!({"team":"t3"}))
        .with(-1999, "countdown.stopped", json!({"id":"c","remaining":4000000}));
    let right = locked
        .clone()
        .with(-1500, "verdict.given", json!({"team":"t3","outcome":"correct","delta":10}))
        .with(-1400, "answer.revealed", json!({"key":["B"],"explanation":"《中华人民共和国社会保险法》第五十八条"}))
        .with(-1300, "score.changed", json!({"team":"t3","before":300,"delta":10,"after":310}));
    let wrong = card
        .clone()
        .with(-3000, "answer.given", json!({"team":"t3","choice":["C"]}))
        .with(-2000, "answer.locked", json!({"team":"t3"}))
        .with(-1500, "verdict.given", json!({"team":"t3","outcome":"wrong"}))
        .with(-900, "answer.revealed", json!({"key":["B"],"explanation":"《中华人民共和国社会保险法》第五十八条"}));
    let case = Story::contest().round("勇往直前", "自选风险题", "risk_choice").turn(4, 4).with(-9000, "question.shown", json!({"id":"q","kind":"case","value":40,"stem":"王某于 2021 年 3 月入职甲公司，公司一直未为其缴纳工伤保险费。2024 年 5 月 8 日，王某下班途中在合理路线上骑电动自行车，被一辆闯红灯的小轿车撞伤，交警部门认定小轿车驾驶人承担事故全部责任，王某无责任。王某住院治疗 42 天后出院。甲公司认为王某已从肇事方获得民事赔偿，且事故发生在厂区之外，拒绝提出工伤认定申请，也拒绝支付任何工伤保险待遇。\n1. 王某所受伤害能否认定为工伤？依据是什么？\n2. 公司拒不申请，王某可在多长期限内、向哪个部门提出？\n3. 王某鉴定为九级伤残并解除劳动合同，未参保的待遇由谁支付？包括哪些一次性待遇？"})).clock(150, 117000);
    let judge = Story::contest().round("争分夺秒", "闯关环节", "solo").turn(1, 2).with(-9000, "question.shown", json!({"id":"q","kind":"judge","stem":"职工达到法定退休年龄时累计缴费不足最低年限的，可以延长缴费。","options":[{"label":"A","text":"正确"},{"label":"B","text":"错误"}]})).clock(10, 2400);
    let fill = Story::contest().round("初显身手", "热身环节", "solo").turn(5, 2).with(-9000, "question.shown", json!({"id":"q","kind":"fill","value":10,"stem":"职工个人缴纳基本医疗保险费的比例一般为本人工资收入的（　）。"})).clock(10, 0).with(0,"countdown.expired",json!({"id":"c"}));
    let stories = [
        ("card", card),
        ("locked", locked),
        ("right", right),
        ("wrong", wrong),
        ("case", case),
        ("judge", judge),
        ("fill", fill),
    ];
    with_headless(move |headless| {
        let set = Typesetter::new();
        for (name, story) in stories {
            let frame = compose(&story.show, &theme, &Output::tv(1920, 1080), &set, Clips::none(), ZERO_US);
            let pixels = headless.draw(Arc::new(frame)).unwrap();
            image::save_buffer(format!("{out}/{name}.png"), pixels, 1920, 1080, image::ColorType::Rgba8).unwrap();
        }
    });
}

/// The embedded show at the instants (s) of LEITAI_AT, or every LEITAI_EVERY seconds, at 1920 × 1080.
#[test]
#[ignore = "writes pictures for the eye"]
fn demo() {
    use leitai::show::tape::{Tape, Timeline};
    let theme = themes::built_in().unwrap();
    let out = std::env::var("LEITAI_LOOKS").unwrap_or("/tmp/demo".into());
    std::fs::create_dir_all(&out).unwrap();
    let tape = Tape::parse(&std::fs::read_to_string("assets/shows/zhongwei-demo.tape.ndjson").unwrap()).unwrap();
    let from = tape.first_at().unwrap();
    let length = tape.last_at().unwrap() - from;
    let timeline = Timeline::new(tape);
    let every: f64 = std::env::var("LEITAI_EVERY").ok().and_then(|v| v.parse().ok()).unwrap_or(6.0);
    let list: Vec<f64> = match std::env::var("LEITAI_AT") {
        Ok(list) => list.split(',').map(|v| v.parse().unwrap()).collect(),
        Err(_) => (0..).map(|i| f64::from(i) * every).take_while(|s| *s < length as f64 / 1e6).collect(),
    };
    with_headless(move |headless| {
        let set = Typesetter::new();
        for at in list {
            let now = from + (at * 1e6) as i64;
            let show = timeline.show_at(now);
            let frame = compose(&show, &theme, &Output::tv(1920, 1080), &set, Clips::none(), now);
            let pixels = headless.draw(Arc::new(frame)).unwrap();
            image::save_buffer(
                format!("{out}/{at:06.2}-{:?}.png", show.program.scene),
                pixels,
                1920,
                1080,
                image::ColorType::Rgba8,
            )
            .unwrap();
        }
    });
}
