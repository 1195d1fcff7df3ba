//! What is expected is ready when it comes: no glyph is rasterised and no layer drawn in the frame that brings it on.

use std::sync::Arc;

use serde_json::json;

use crate::director::{Coming, Director, Incoming, together};
use crate::show::frame::{Frame, Output};
use crate::show::protocol::Envelope;
use crate::stage::{Headless, OutputId};
use crate::typeset::Typesetter;

const OUTPUT: Output = Output::tv(960, 540);
const STEM: &str = "麒麟臂膊翩跹饕餮鳏寡孤独璀璨斑斓踌躇蹉跎氤氲缱绻囹圄龃龉魑魅魍魉耄耋羸弱彳亍";

/// A show whose first team is on turn.
fn director() -> Director {
    let mut director = Director::live(crate::themes::built_in().unwrap(), Arc::new(Typesetter::new()));
    let team = json!({"id": "t1", "name": "济南市", "number": 1});
    for (seq, (name, data)) in (1..).zip([
        ("show.configured", json!({"title": "业务比武", "teams": [team]})),
        ("round.opened", json!({"id": "r", "name": "必答", "format": "solo"})),
        ("turn.given", json!({"team": "t1", "question_no": 1})),
    ]) {
        say(&mut director, seq, name, data);
    }
    director.live_now(20_000_000);
    director
}

fn say(director: &mut Director, seq: i64, name: &str, data: serde_json::Value) {
    let at = if seq < 4 { seq * 1_000_000 } else { 20_000_000 + seq };
    let env = json!({"v": 1, "epoch": "e", "seq": seq, "at": at, "type": name, "data": data});
    director.receive(Incoming::Event(Box::new(Envelope::from_value(env).unwrap())));
}

fn question() -> serde_json::Value {
    let options = json!([{"label": "A", "text": "薜荔"}, {"label": "B", "text": "蘼芜"}]);
    json!({"id": "q", "kind": "single", "stem": STEM, "options": options, "value": 10})
}

fn expected(director: &Director) -> Option<Arc<Frame>> {
    let coming = director.coming()?;
    let looks = (0..Coming::LOOKS).map(|look| director.foresee(&coming, None, &OUTPUT, look));
    together(looks).map(Arc::new)
}

/// What the frame of `question.shown` and those after it took: glyphs and layers; and the last picture.
fn shown(warmed: bool) -> (usize, u64, Vec<u8>) {
    let mut director = director();
    let mut stage = Headless::new((960, 540)).unwrap();
    stage.draw(director.frame(&OUTPUT)).unwrap();
    if warmed {
        say(&mut director, 4, "question.cued", question());
        let before = stage.glyphs();
        let picture = stage.draw(director.frame(&OUTPUT)).unwrap().to_vec();
        stage.expect(OutputId::PROGRAM, expected(&director));
        let mut updates = 0;
        while !stage.is_warm() || updates == 0 {
            let (glyphs, drawn) = (stage.glyphs(), stage.counters().layers_drawn);
            stage.idle();
            assert!(stage.glyphs() - glyphs <= 12, "a portion: {}", stage.glyphs() - glyphs);
            assert!(stage.counters().layers_drawn - drawn <= 1, "one at a time");
            updates += 1;
            assert!(updates < 200, "it comes to an end");
        }
        assert!(stage.glyphs() - before > 30, "{} new ones", stage.glyphs() - before);
        assert_eq!(stage.draw(director.frame(&OUTPUT)).unwrap(), picture, "nothing of it is seen");
    }
    let (glyphs, drawn) = (stage.glyphs(), stage.counters().layers_drawn);
    say(&mut director, 5, "question.shown", question());
    let mut last = Vec::new();
    for step in 0..60 {
        director.live_now(20_000_010 + step * 20_000);
        last = stage.draw(director.frame(&OUTPUT)).unwrap().to_vec();
    }
    (stage.glyphs() - glyphs, stage.counters().layers_drawn - drawn, last)
}

#[test]
fn a_card_that_was_cued_needs_no_glyph_and_no_layer_when_it_is_shown() {
    let (cold, warm) = (shown(false), shown(true));
    assert!(cold.0 > 30, "{} glyphs", cold.0);
    assert_eq!(warm.0, 0, "glyphs");
    assert!(warm.1 < cold.1, "{} layers, {} cold", warm.1, cold.1);
    assert!(warm.2 == cold.2, "the same picture");
}

#[test]
fn what_is_expected_no_more_is_forgotten() {
    let mut director = director();
    let mut stage = Headless::new((960, 540)).unwrap();
    stage.draw(director.frame(&OUTPUT)).unwrap();
    let targets = stage.targets();
    say(&mut director, 4, "question.cued", question());
    stage.expect(OutputId::PROGRAM, expected(&director));
    for _ in 0..60 {
        stage.idle();
    }
    assert!(stage.is_warm() && stage.targets() > targets);
    stage.expect(OutputId::PROGRAM, None);
    for _ in 0..4 {
        stage.idle();
    }
    assert!(stage.is_warm() && stage.targets() <= targets + 8, "{} of {targets}", stage.targets());
}
