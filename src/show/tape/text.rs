//! A tape as a file again: its lines in the order in which they are folded.

use super::{Step, Tape, act_line, entry_line, header_line, skipped_line, snapshot_line};

impl Tape {
    /// The whole file. What could not be read of the original is not in it.
    pub fn to_text(&self) -> String {
        let mut text = header_line(&self.header.show, &self.header.made_by);
        text.push('\n');
        for step in self.steps(0, self.step_count()) {
            text.push_str(&match step {
                Step::Event(entry) => entry_line(entry.rx, &entry.env),
                Step::Snapshot(snapshot) => snapshot_line(snapshot.rx, snapshot.at_seq, &snapshot.state),
                Step::Act(acted) => act_line(acted.rx, &acted.act),
            });
            text.push('\n');
        }
        for skipped in &self.skipped {
            let line = skipped_line(skipped.rx, &skipped.epoch, skipped.from, skipped.to, &skipped.reason);
            text.push_str(&line);
            text.push('\n');
        }
        text
    }
}
