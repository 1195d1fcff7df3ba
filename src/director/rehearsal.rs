//! What a rehearsal knows of its tape: the marks on it, where its scores come from, and the edits made of it.

use std::sync::{
    Arc, OnceLock,
    atomic::{AtomicBool, Ordering},
};
use std::thread::Builder;

use super::{Director, ProblemKind, Said, Source, Transport};
use crate::show::{
    provenance::{Origin, Provenance},
    tape::{
        Tape, Timeline,
        edit::{Draft, Edit, EditError, Note},
        marks::Marks,
    },
    told::Told,
};

/// Steps that are folded without anybody noticing.
const AT_ONCE: usize = 10_000;
/// Named as the maker of an edited tape.
const MADE_BY: &str = concat!("leitai/", env!("CARGO_PKG_VERSION"), " rehearse");

/// Of the tape as it is now; found when it is first asked for.
#[derive(Debug, Default)]
pub(super) struct Rehearsal {
    marks: OnceLock<Marks>,
    /// Of a long tape it is found beside the show, and empty until it is.
    provenance: Arc<OnceLock<Provenance>>,
    asked: AtomicBool,
    draft: Option<Draft>,
    /// How many edits a file holds.
    saved: usize,
}

impl Rehearsal {
    /// Another tape: all that is known is of the one before.
    fn forget(&mut self) {
        self.marks = OnceLock::new();
        self.provenance = Arc::default();
        self.asked = AtomicBool::new(false);
    }

    /// Finds what made the scores: of a short tape at once, of a long one on a thread of its own, for that folds it.
    fn provenance(&self, tape: &Arc<Tape>) -> Option<&Provenance> {
        if tape.step_count() <= AT_ONCE {
            return Some(self.provenance.get_or_init(|| Provenance::of_tape(tape)));
        }
        if !self.asked.swap(true, Ordering::Relaxed) {
            let (found, of) = (Arc::clone(&self.provenance), Arc::clone(tape));
            let beside = Builder::new().name("provenance".to_owned());
            let begun = beside.spawn(move || drop(found.set(Provenance::of_tape(&of))));
            if begun.is_err() {
                return Some(self.provenance.get_or_init(|| Provenance::of_tape(tape)));
            }
        }
        self.provenance.get()
    }
}

impl Director {
    /// The marks of the tape; none when live.
    pub fn marks(&self) -> Option<&Marks> {
        let timeline = self.transport()?.timeline();
        Some(self.rehearsal.marks.get_or_init(|| {
            let mut marks = Marks::of(timeline.tape());
            marks.take_alarms(timeline.raised().to_vec());
            marks
        }))
    }

    /// The events that made `team`'s score as it stands on air, oldest first.
    pub fn origins(&self, team: &str) -> Vec<&Origin> {
        match self.transport() {
            None => self.provenance.of(team).iter().collect(),
            Some(transport) => {
                let known = self.rehearsal.provenance(transport.timeline().tape());
                known.into_iter().flat_map(|known| known.until(team, self.now_us)).collect()
            }
        }
    }

    /// Whether that is known already; of a long tape it takes a while.
    pub fn knows_origins(&self) -> bool {
        self.transport().is_none_or(|transport| self.rehearsal.provenance(transport.timeline().tape()).is_some())
    }

    /// Counts what may change [`Director::origins`]: score events that are known, of a tape all steps.
    pub fn origins_known(&self) -> usize {
        self.transport().map_or_else(|| self.provenance.len(), Transport::passed)
    }

    /// Up to which of the feed's events they count on air: all of them, unless the desk holds or leads the program.
    pub fn origins_until(&self) -> u64 {
        if self.air.follows() { u64::MAX } else { self.show().seq }
    }

    /// Makes an edit of the tape in memory and goes on with it; the file is never written. Says what it did besides.
    ///
    /// # Errors
    /// Where the edit does not fit; nothing has changed then. Live there is no tape to edit.
    pub fn edit(&mut self, edit: Edit) -> Result<Vec<Note>, EditError> {
        let Some(draft) = self.draft() else { return Ok(Vec::new()) };
        let notes = draft.make(edit)?.to_vec();
        self.retape_from_draft();
        let (now_us, notes_told) = (self.now_us, notes.iter().map(Told::words).collect::<Vec<_>>());
        for words in notes_told {
            let said = Said { what: format!("{words:?}"), words };
            self.problems.report(ProblemKind::Edit, said, now_us);
        }
        Ok(notes)
    }

    /// Takes the last edit back; false where there is none.
    pub fn undo(&mut self) -> bool {
        let undone = self.draft().is_some_and(|draft| draft.undo().is_some());
        if undone {
            self.retape_from_draft();
        }
        undone
    }

    /// Makes the edit again that was taken back last; false where there is none.
    pub fn redo(&mut self) -> bool {
        let redone = self.draft().is_some_and(|draft| draft.redo().is_some());
        if redone {
            self.retape_from_draft();
        }
        redone
    }

    /// The tape with all edits, as a file.
    pub fn edited_text(&mut self) -> Option<String> {
        Some(self.draft()?.to_text())
    }

    /// The edits so far are in a file.
    pub fn edits_saved(&mut self) {
        self.rehearsal.saved = self.edits().len();
    }

    /// The edits that count, oldest first.
    pub fn edits(&self) -> Vec<&Edit> {
        self.rehearsal.draft.iter().flat_map(|draft| draft.edits().iter().map(|done| &done.edit)).collect()
    }

    /// How many edits no file holds.
    pub fn unsaved(&self) -> usize {
        self.edits().len().abs_diff(self.rehearsal.saved)
    }

    /// Another tape takes the place of the present one, from its beginning, paused.
    pub fn open(&mut self, timeline: Timeline) {
        self.rehearsal = Rehearsal::default();
        self.log = super::Log::default();
        self.retape(timeline);
        self.pause();
        self.set_range(None);
        self.seek(0);
    }

    fn draft(&mut self) -> Option<&mut Draft> {
        let Source::Tape(transport) = &self.source else { return None };
        let timeline = transport.timeline();
        let made = || Draft::new(Arc::clone(timeline.tape()), MADE_BY).knowing(timeline.raised().to_vec());
        Some(self.rehearsal.draft.get_or_insert_with(made))
    }

    /// Goes on with the draft's tape where the present one stands, and tells which figures no longer add up.
    fn retape_from_draft(&mut self) {
        let (Some(draft), Some(transport)) = (&self.rehearsal.draft, self.transport()) else { return };
        let timeline = transport.timeline().again(Arc::clone(draft.tape()));
        let audit = draft.audit_with(timeline.raised().to_vec());
        self.rehearsal.forget();
        self.retape(timeline);
        let now_us = self.now_us;
        self.problems.settle(ProblemKind::Edit, now_us);
        for raised in audit.added {
            let said = Said { what: raised.alarm.text.clone(), words: raised.alarm.words() };
            self.problems.report(ProblemKind::Edit, said, now_us);
        }
    }
}
