# Editing a tape in rehearsal: why an edit is refused, and what it did besides.

edit-no-step = step { $step } does not exist, the tape has { $count }; choose one of them
edit-snapshot = step { $step } is a snapshot, the whole state; edit the events before or behind it
edit-not-an-event = step { $step } is no event of the feed; it can be dropped or delayed, not changed
edit-far = { $hours } hours away; an edit moves by a day at most
edit-joins = without step { $step } two recordings of "{ $epoch }" would run into each other; drop one of them whole
edit-clamped = time never goes back: { $wanted } ms asked for, { $got } ms moved
edit-dangling = the event that `{ $field }` of event { $seq } named is gone; it names none now
edit-ignored = the event has no field `{ $field }`; it is left out
edit-closed = the original lacks events { $from } to { $to }; the numbers close over them
edit-replaced = step { $step } replaces the whole state; behind it the edit has no effect
