//! Full-screen cards, the audience's quiz, the lower third and the clip's slate in every state worth a look, by name.

use serde_json::{Value, json};

use super::Feed;

pub const LYRIC: &str =
    "社保断档心慌张，\n眼见的退休养老没有下稍。\n我在家中急得心乱如麻，\n多亏了这姑娘，\n她帮我办好续接才心安……";

/// One show a state.
pub fn all() -> Vec<(String, Feed)> {
    let mut all: Vec<(String, Feed)> = Vec::new();
    let mut add = |name: &str, feed: Feed| all.push((name.to_owned(), feed));
    add("rules of a warm-up", rules("solo", &warm_up(), ""));
    add(
        "rules of a speed round",
        rules(
            "rush",
            &json!({"right": 10, "questions": 10, "duration_us": 120_000_000_i64, "kinds": ["single", "multi", "judge"]}),
            "",
        ),
    );
    add(
        "rules of a risk round",
        rules(
            "risk_choice",
            &json!({"values": [20, 40], "duration_us": 150_000_000_i64, "kinds": ["short", "case"]}),
            "20 分题 100 秒，40 分题 150 秒\n答对加分，答错、超时、不完整扣除所选分值",
        ),
    );
    add(
        "rules with everything",
        rules("buzzer", &everything(), &"抢答成功后由该队指定一名选手作答，他人不得提示。\n".repeat(4)),
    );
    add(
        "rules paged",
        rules("buzzer", &everything(), &"抢答成功后由该队指定一名选手作答，他人不得提示。\n".repeat(30)),
    );
    add("rules without figures", rules("solo", &json!({}), "每队答一题"));
    add("rules without lines", rules("solo", &json!({"right": 10, "questions": 3}), ""));
    add(
        "rules of a long name",
        rules(
            "solo",
            &json!({"kinds": ["single", "multi", "judge", "fill", "short", "case"], "text": ["一".repeat(300)]}),
            "",
        ),
    );
    add("interlude", interlude(LYRIC, 4));
    add("interlude not begun", interlude(LYRIC, 0));
    add("interlude without a lyric", interlude("", 0));
    add("interlude with long lines", interlude(&format!("{}\n短句\n{}", "社保情深".repeat(11), "暖".repeat(17)), 2));
    add("interlude of twelve lines", interlude(&song(12), 8));
    for kind in ["tabulating", "photo", "thanks", "message", "audience_quiz", "showcase", "notary"] {
        add(kind, slate(kind));
        add(&format!("{kind} bare"), bare(kind));
        add(&format!("{kind} full"), full(kind));
    }
    for teams in [2, 8, 12] {
        add(&format!("photo of {teams}"), photo(teams));
    }
    add("showcase with a clock", showcase());
    for outcome in ["correct", "wrong", "timeout"] {
        add(&format!("audience answer {outcome}"), audience(outcome));
    }
    add("lower third between questions", lower_third(idle()));
    add("lower third on a card", lower_third(card()));
    add("lower third of a long title", long_lower_third());
    for (name, feed) in [("cued", clip(0)), ("playing", clip(1)), ("paused", clip(2))] {
        add(&format!("clip {name}"), feed);
    }
    all
}

fn warm_up() -> Value {
    json!({"kinds": ["single", "multi", "fill", "judge"], "questions": 3, "duration_us": 10_000_000, "right": 10, "wrong": 0,
        "who": "1、2、3 号选手依次独立作答", "text": ["主持人读题，“请答题”后开始计时", "说出“回答完毕”即锁定答案", "超时、错误、不完整、他人提示均不得分"]})
}

fn everything() -> Value {
    json!({"kinds": ["single", "multi", "judge"], "questions": 24, "duration_us": 10_000_000, "values": [10, 20, 50], "right": 10, "wrong": -10, "foul": -10})
}

pub fn rules(format: &str, rules: &Value, body: &str) -> Feed {
    let mut feed = Feed::new(5);
    feed.say(100, "round.opened", json!({"id": "r", "name": "初显身手", "subtitle": "热身环节", "format": format, "number": 1, "of": 5, "rules": rules}));
    feed.say(100, "slate.shown", json!({"kind": "rules", "title": "赛制说明", "body": body}));
    feed
}

pub fn song(lines: u32) -> String {
    (1..=lines).map(|n| format!("第{n}句唱词暖人心\n")).collect()
}

/// Up to and with line `line`.
pub fn interlude(lyric: &str, line: u32) -> Feed {
    let mut feed = Feed::new(8);
    let subtitle = "烟台市社保中心·市文化艺术中心 联合创作\n成绩统计中\n裁判组核分，请稍候";
    feed.say(
        100,
        "slate.shown",
        json!({"kind": "interlude", "title": "京剧《社保情·京剧新编》", "subtitle": subtitle, "body": lyric}),
    );
    for line in 1..=line {
        feed.say(3_000, "slate.stepped", json!({"line": line}));
    }
    feed
}

pub fn slate(kind: &str) -> Feed {
    let (title, subtitle, body) = match kind {
        "tabulating" => ("成绩统计中", "裁判组核分，请稍候", ""),
        "photo" => ("合影留念", "请各代表队上台", ""),
        "thanks" => ("鸣谢", "主办单位 承办单位", "人力资源和社会保障局\n社会保险事业中心\n文化艺术中心"),
        "audience_quiz" => ("互动问答", "请台下观众举手作答", "赠送精美礼品\n赠送纪念品\n每人限答一题"),
        "showcase" => ("小热线 大营商", "风采展示·12345 热线", "练兵比武强技能，人社服务树新风"),
        "notary" => ("公证词", "公证处", "经审查，本次竞赛的报名、命题、抽签、评分程序符合竞赛规则，结果真实、有效。"),
        _ => ("请稍候", "比赛马上继续", ""),
    };
    let mut feed = idle();
    feed.say(100, "slate.shown", json!({"kind": kind, "title": title, "subtitle": subtitle, "body": body}));
    feed
}

fn bare(kind: &str) -> Feed {
    let mut feed = Feed::new(0);
    feed.say(100, "slate.shown", json!({"kind": kind, "title": "题"}));
    feed
}

/// More of everything than anybody will say.
fn full(kind: &str) -> Feed {
    let mut feed = idle();
    let (title, subtitle) = ("社会保险经办服务能力职业技能竞赛".repeat(3), "赛区风采展示".repeat(20));
    let body = "经审查，本次竞赛的报名、命题、抽签、评分程序符合竞赛规则，结果真实有效。\n".repeat(30);
    feed.say(100, "slate.shown", json!({"kind": kind, "title": title, "subtitle": subtitle, "body": body}));
    feed
}

pub fn photo(teams: u32) -> Feed {
    let mut feed = Feed::new(teams);
    feed.say(
        100,
        "slate.shown",
        json!({"kind": "photo", "title": "合影留念", "subtitle": "二〇二四年度业务技能练兵比武"}),
    );
    feed
}

/// The slate, then its clock.
pub fn showcase() -> Feed {
    let mut feed = slate("showcase");
    feed.say(1_000, "countdown.armed", json!({"id": "s", "duration": 60_000_000}));
    let ends_at = feed.at + 62_000_000;
    feed.say(2_000, "countdown.started", json!({"id": "s", "ends_at": ends_at}));
    feed
}

/// Somebody in the hall picks B; the key is C, or B where it is right.
pub fn audience(outcome: &str) -> Feed {
    let mut feed = Feed::new(5);
    feed.say(100, "round.opened", json!({"id": "r", "name": "互动问答", "format": "audience_quiz"}));
    feed.ask("single");
    feed.say(500, "answer.given", json!({"team": "hall", "choice": ["B"]}));
    feed.say(500, "answer.locked", json!({}));
    feed.say(500, "verdict.given", json!({"team": "hall", "outcome": outcome}));
    feed.say(500, "answer.revealed", json!({"key": [if outcome == "correct" { "B" } else { "C" }]}));
    feed
}

pub fn idle() -> Feed {
    let mut feed = Feed::new(5);
    feed.round("solo");
    feed
}

fn card() -> Feed {
    let mut feed = idle();
    feed.ask("single");
    feed
}

pub fn lower_third(mut feed: Feed) -> Feed {
    feed.say(1_000, "lower_third.shown", json!({"title": "裁判长", "subtitle": "竞赛裁判组"}));
    feed
}

fn long_lower_third() -> Feed {
    let mut feed = idle();
    feed.say(
        1_000,
        "lower_third.shown",
        json!({"title": "职业技能竞赛组织委员会".repeat(8), "subtitle": "办公室".repeat(40)}),
    );
    feed
}

/// 0 cued on air, 1 playing, 2 paused.
pub fn clip(state: u32) -> Feed {
    let mut feed = idle();
    let cued = json!({"id": "v", "sha256": "0".repeat(64), "title": "他选风险·案例视频", "duration": 90_000_000});
    feed.say(100, "media.cued", cued);
    let at = feed.at;
    feed.say(100, "media.started", json!({"id": "v", "at": at}));
    if state == 0 {
        feed.say(2_000, "media.cued", json!({"id": "w", "sha256": "0".repeat(64)}));
    } else if state == 2 {
        feed.say(42_000, "media.paused", json!({"id": "v"}));
    }
    feed
}
