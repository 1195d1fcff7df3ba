//! The key is not in any picture before it is revealed, wherever the tape is stopped.

use serde_json::Value;

use super::{frame, seen};
use crate::show::{
    frame::Lang,
    protocol::{Envelope, play::Outcome},
    state::Show,
};

const TAPE: &str = include_str!("../../../../assets/shows/zhongwei-demo.tape.ndjson");

/// What no question, option or answer says.
const MARK: &str = "密钥";

#[test]
fn the_key_is_in_no_frame_before_it_is_revealed() {
    let mut show = Show::default();
    let mut revealed = 0;
    for line in TAPE.lines() {
        let mut line: Value = serde_json::from_str(line).unwrap();
        let Some(mut env) = line.get_mut("env").map(Value::take) else { continue };
        if env["type"] == "answer.revealed" {
            env["data"]["explanation"] = Value::from(MARK);
            if env["data"]["key"][0].as_str().is_some_and(|key| key.chars().count() > 1) {
                env["data"]["key"][0] = Value::from(MARK);
            }
        }
        let envelope = Envelope::from_value(env.clone()).unwrap();
        show.apply(&envelope);
        let known = show.core.question.as_ref().is_some_and(|ask| ask.key.is_some());
        let leaving =
            show.program.departed.iter().any(|gone| gone.core.question.as_ref().is_some_and(|ask| ask.key.is_some()));
        for after_ms in [0, 40, 250, 700, 2_100] {
            let texts = seen(&frame(&show, envelope.at + after_ms * 1_000, Lang::Zh));
            // What was judged right on stage is known to be right.
            let judged = show.core.question.as_ref().and_then(|ask| ask.verdict.as_ref());
            let judged = judged.is_some_and(|verdict| verdict.outcome == Outcome::Correct);
            let told = |text: &str| text.contains(MARK) || (text == "正确答案" && !judged);
            let told = texts.iter().any(|text| told(&text.text));
            assert!(!told || known || leaving, "seq {} at {after_ms} ms", show.seq);
            revealed += usize::from(told);
        }
    }
    assert!(revealed > 50, "the mark is seen once it may be: {revealed}");
}
