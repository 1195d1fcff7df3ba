//! A tape as a file again: its lines in the order in which they are folded.

use super::{Skipped, Step, Tape, act_line, entry_line, header_line, skipped_line, snapshot_line};

impl Tape {
    /// The whole file. What could not be read of the original is not in it.
    pub fn to_text(&self) -> String {
        let mut text = header_line(&self.header.show, &self.header.made_by);
        text.push('\n');
        let mut skipped: Vec<&Skipped> = self.skipped.iter().collect();
        skipped.sort_by_key(|skipped| skipped.line);
        let mut skipped = skipped.into_iter().peekable();
        for step in self.steps(0, self.step_count()) {
            // A state may begin a log anew: what was skipped before it is none of that one's.
            if let Step::Snapshot(snapshot) = step {
                while let Some(skipped) = skipped.next_if(|skipped| skipped.line < snapshot.line) {
                    skip(skipped, &mut text);
                }
            }
            text.push_str(&match step {
                Step::Event(entry) => entry_line(entry.rx, &entry.env),
                Step::Snapshot(snapshot) => snapshot_line(snapshot.rx, snapshot.at_seq, &snapshot.state),
                Step::Act(acted) => act_line(acted.rx, &acted.act),
            });
            text.push('\n');
        }
        skipped.for_each(|skipped| skip(skipped, &mut text));
        text
    }
}

fn skip(skipped: &Skipped, text: &mut String) {
    text.push_str(&skipped_line(skipped.rx, &skipped.epoch, skipped.from, skipped.to, &skipped.reason));
    text.push('\n');
}
