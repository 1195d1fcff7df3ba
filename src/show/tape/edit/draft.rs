//! The edits of one rehearsal, made one after another, taken back and made again.

use std::sync::{Arc, OnceLock};

use super::{
    Audit, Edit, EditError, Note, Raised,
    rows::{edited, put_together, taken_apart},
};
use crate::show::tape::{Header, Tape, VERSION};

/// An edit that was made, and what it did besides.
#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    pub edit: Edit,
    pub notes: Vec<Note>,
}

/// A tape and the edits made of it. The original is read and never written.
#[derive(Clone, Debug)]
pub struct Draft {
    original: Arc<Tape>,
    header: Header,
    edits: Vec<Done>,
    /// Taken back, the last one last.
    undone: Vec<Edit>,
    tape: Arc<Tape>,
    /// Of each step of the draft, the original's step that it is.
    origins: Vec<Option<usize>>,
    /// What did not add up before; found when it is first asked for.
    alarms: OnceLock<Vec<Raised>>,
}

impl Draft {
    /// Without an edit the draft is the original. `made_by`: what the new tape's header names as its maker.
    pub fn new(original: Arc<Tape>, made_by: &str) -> Self {
        let header = Header { tape: VERSION, show: original.header.show.clone(), made_by: made_by.to_owned() };
        let origins = (0..original.step_count()).map(Some).collect();
        let tape = Arc::clone(&original);
        Self { original, header, edits: Vec::new(), undone: Vec::new(), tape, origins, alarms: OnceLock::new() }
    }

    /// The same with edits that were made before, up to the first that no longer fits.
    ///
    /// # Errors
    /// The draft so far beside what is wrong with the next edit.
    pub fn with(original: Arc<Tape>, made_by: &str, edits: Vec<Edit>) -> Result<Self, (Box<Self>, EditError)> {
        let mut draft = Self::new(original, made_by);
        for edit in edits {
            if let Err(error) = draft.make(edit) {
                return Err((Box::new(draft), error));
            }
        }
        Ok(draft)
    }

    /// Makes an edit; what was taken back before can no longer be made again.
    ///
    /// # Errors
    /// Says why the edit does not fit the draft, which is then as it was.
    pub fn make(&mut self, edit: Edit) -> Result<&[Note], EditError> {
        self.put(edit)?;
        self.undone.clear();
        Ok(self.edits.last().map_or(&[], |done| done.notes.as_slice()))
    }

    fn put(&mut self, edit: Edit) -> Result<(), EditError> {
        let rows = taken_apart(&self.tape, &self.origins);
        let (rows, notes) = edited(rows, &edit)?;
        let (tape, origins) = put_together(rows, self.header.clone());
        (self.tape, self.origins) = (Arc::new(tape), origins);
        self.edits.push(Done { edit, notes });
        Ok(())
    }

    /// Takes the last edit back and says which it was; none where there is none.
    pub fn undo(&mut self) -> Option<Edit> {
        let last = self.edits.pop()?.edit;
        let edits = std::mem::take(&mut self.edits);
        let mut again = Self::new(Arc::clone(&self.original), "");
        again.header.clone_from(&self.header);
        for done in edits {
            // It was made before from the same tape: it is made again.
            let _fits = again.put(done.edit);
        }
        (self.tape, self.origins, self.edits) = (again.tape, again.origins, again.edits);
        self.undone.push(last.clone());
        Some(last)
    }

    /// Makes the edit again that was taken back last, and says which it was.
    pub fn redo(&mut self) -> Option<Edit> {
        let edit = self.undone.pop()?;
        self.put(edit.clone()).ok().map(|()| edit)
    }

    pub const fn original(&self) -> &Arc<Tape> {
        &self.original
    }

    /// The tape with all edits: what is played and saved.
    pub const fn tape(&self) -> &Arc<Tape> {
        &self.tape
    }

    /// The edits that count, oldest first.
    pub fn edits(&self) -> &[Done] {
        &self.edits
    }

    pub const fn is_edited(&self) -> bool {
        !self.edits.is_empty()
    }

    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The original's step that this step is; none for one that was put in.
    pub fn origin(&self, step: usize) -> Option<usize> {
        self.origins.get(step).copied().flatten()
    }

    /// Where a step of the original is now; none where it was dropped. The position to stay at behind an edit.
    pub fn place_of(&self, original: usize) -> Option<usize> {
        self.origins.iter().position(|origin| *origin == Some(original))
    }

    #[cfg(test)]
    pub(super) fn origins_len(&self) -> usize {
        self.origins.len()
    }

    /// Which figures no longer add up, and which do now. Folds the draft, and the first time the original.
    pub fn audit(&self) -> Audit {
        self.audit_with(Raised::all(&self.tape))
    }

    /// The same with the draft's alarms, where somebody has folded it already.
    pub fn audit_with(&self, now: Vec<Raised>) -> Audit {
        let before = self.alarms.get_or_init(|| Raised::all(&self.original));
        Audit::of(&self.original, before, now, (&self.tape, &self.origins))
    }

    /// The original's alarms, where somebody has folded it already.
    #[must_use]
    pub fn knowing(self, before: Vec<Raised>) -> Self {
        Self { alarms: before.into(), ..self }
    }

    /// The new tape as a file.
    pub fn to_text(&self) -> String {
        Tape { header: self.header.clone(), ..Tape::clone(&self.tape) }.to_text()
    }
}
