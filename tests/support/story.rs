//! A show told event by event, for promises about pictures: instants are ms after the story's beginning.

use leitai::show::{protocol::Envelope, state::Show};
use serde_json::{Value, json};

/// The story's zero on the server's clock.
pub const ZERO_US: i64 = 1_760_000_000_000_000;

/// A show in the making.
#[derive(Clone, Default)]
pub struct Story {
    pub show: Show,
    seq: u64,
}

impl Story {
    /// Contest C as configured: five teams at 300, a round and a team on turn.
    pub fn contest() -> Self {
        Self::teams(&["沙坡头区", "中宁县", "海原县", "市直一队", "市直二队"])
    }

    /// A contest of these teams, all settled long before the story begins.
    pub fn teams(names: &[&str]) -> Self {
        let teams: Vec<Value> = names
            .iter()
            .enumerate()
            .map(|(i, name)| json!({"id": format!("t{}", i + 1), "name": name, "number": i + 1}))
            .collect();
        let players: Vec<Value> = (1..=names.len())
            .flat_map(|t| {
                (1..=6).map(move |n| json!({"id": format!("t{t}p{n}"), "team": format!("t{t}"), "number": n}))
            })
            .collect();
        let mut story = Self::default();
        story.tell(
            -60_000,
            "show.configured",
            json!({
                "title": "人社系统练兵比武大赛", "subtitle": "现场展示", "teams": teams, "players": players,
                "base_score": 300, "audience_seats": 18
            }),
        );
        story
    }

    pub fn round(mut self, name: &str, subtitle: &str, format: &str) -> Self {
        self.tell(
            -50_000,
            "round.opened",
            json!({
                "id": "r", "name": name, "subtitle": subtitle, "format": format, "rules": {"right": 10, "questions": 10}
            }),
        );
        self
    }

    pub fn turn(mut self, team: usize, player: usize) -> Self {
        self.tell(
            -40_000,
            "turn.given",
            json!({"team": format!("t{team}"), "player": format!("t{team}p{player}"), "question_no": 2}),
        );
        self
    }

    /// Folds one event `ms` after zero.
    pub fn tell(&mut self, ms: i64, event: &str, data: Value) -> &mut Self {
        self.seq += 1;
        let value = json!({
            "v": 1, "epoch": "story", "seq": self.seq, "at": ZERO_US + ms * 1000, "type": event, "data": data
        });
        self.show.apply(&Envelope::from_value(value).expect("a good event"));
        self
    }

    pub fn with(mut self, ms: i64, event: &str, data: Value) -> Self {
        self.tell(ms, event, data);
        self
    }

    /// A countdown of `total_s` that has `left_ms` at the story's zero.
    pub fn clock(self, total_s: i64, left_ms: i64) -> Self {
        let end = ZERO_US + left_ms * 1000;
        self.with(
            -(total_s * 1000 - left_ms) - 500,
            "countdown.armed",
            json!({"id": "c", "duration": total_s * 1_000_000}),
        )
        .with(-(total_s * 1000 - left_ms), "countdown.started", json!({"id": "c", "ends_at": end}))
    }
}
