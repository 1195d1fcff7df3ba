//! The countdown ring: the arc that is lit is the time left, the digit its whole seconds, rounded up.

use crate::show::{
    frame::{
        correction::stays,
        cx::Cx,
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Rect, Rgba, RingPart},
        sheet::{Sheet, shadow, vertical},
    },
    motion::{lerp, share},
    state::{Clock, ClockPhase},
    theme::{Step, Words},
    time::SECOND_US,
};

/// Draws the clock into `sheet`; the caller lays the sheet as the ring's layer.
pub fn draw(cx: &Cx, clock: &Clock, locked: Option<i64>, sheet: &mut Sheet) {
    let (place, palette) = (&cx.theme.layout.ring, &cx.theme.palette);
    let remaining = remaining_us(cx, clock);
    let state = State::of(cx, clock, remaining, locked);
    let (stroke, lit, well) = light(cx, clock, state, remaining);
    let ink = if state == State::Paused { palette.well_ink2 } else { palette.well_ink };
    let full = clock.duration_us.max(1);
    let sweep = if state == State::Over { 1.0 } else { (remaining as f64 / full as f64).clamp(0.0, 1.0) as f32 };
    let drawn = cx.theme.motion.curves.io.progress(
        cx.now,
        cx.since.max(clock.armed_at) + cx.theme.motion.ring_draw_delay.us(),
        cx.theme.motion.ring_draw.us(),
    );
    let seconds = (full / SECOND_US) as u32;
    let ticks = place.ticks.iter().find(|(up_to, _)| seconds <= *up_to).or(place.ticks.last()).map_or(0, |t| t.1);
    sheet.ring(RingPart {
        centre: place.centre,
        radius: place.radius,
        stroke,
        rim: place.rim,
        well: (well, well),
        track: palette.track,
        lit,
        sweep: if clock.is_running() { sweep } else { sweep * drawn },
        head: matches!(state, State::Calm | State::Hot | State::Critical | State::Locked(_)) && sweep > 0.0,
        ticks: if state == State::Over { 0 } else { ticks },
        tick: palette.well_ink2,
        dashes: if state == State::Paused { place.dashes } else { 0 },
    });

    let typo = &cx.theme.typography;
    let text = digit(remaining).to_string();
    let role = match text.len() {
        1 => &typo.timer1,
        2 => &typo.timer2,
        _ => &typo.timer3,
    };
    let step = pulsed(cx, clock, state, remaining, role.step());
    let box_of =
        |y: f32, step: Step| Rect::new(place.centre.x - place.radius, place.centre.y + y, 2.0 * place.radius, step.1);
    let centred = Rect { h: role.step().1, ..box_of(place.digits_y, role.step()) };
    sheet.line(typo, centred, Anchor::Centre, role, step, ink, text);
    let Some(unit_y) = place.unit_y else { return };
    let unit = if state == State::Paused { &cx.words.paused } else { &cx.words.seconds };
    let unit_step = typo.unit.step();
    sheet.line(typo, box_of(unit_y, unit_step), Anchor::Centre, &typo.unit, unit_step, palette.well_ink2, unit);
}

/// 剩余 30 秒, once, on the foot of the ring of a clock that was longer.
pub fn left(cx: &Cx, clock: &Clock, layers: &mut Vec<Layer>) {
    let (layout, typo, palette, beat) =
        (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette, &cx.theme.motion.beat);
    let ClockPhase::Running { ends_at } = clock.phase else { return };
    let at = ends_at.saturating_sub(i64::from(beat.left_s) * SECOND_US);
    if clock.duration_us <= i64::from(beat.left_s) * SECOND_US || at < clock.since {
        return;
    }
    let opacity = stays(cx, at, beat.left_hold);
    if opacity <= 0.0 {
        return;
    }
    let (place, marks, role) = (&layout.ring, &layout.correction, &typo.tag);
    let text = Words::with(&cx.words.clock_left, beat.left_s);
    let w = cx.set.width(&text, &role.style(role.step(), palette.on_active)) + 2.0 * marks.tag_padding;
    let foot = layout.safe.y + layout.safe.h - marks.tag_height;
    let y = (place.centre.y + place.radius + place.rim - marks.tag_height / 2.0).min(foot);
    let x = (place.centre.x - w / 2.0).min(layout.safe.x + layout.safe.w - w);
    let pill = Rect::new(x, y, w, marks.tag_height);
    let mut sheet = cx.sheet(pill.grow(layout.bleed / 2.0));
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    sheet.plate(pill, [pill.h / 2.0; 4], vertical(palette.active), None, Some(fall));
    sheet.line(typo, pill, Anchor::Centre, role, role.step(), palette.on_active, text);
    layers.push(cx.lay(LayerKind::Badge, 4, sheet, Placement::at(0.0, 0.0).faded(opacity)));
}

/// Stroke, colour and fill of a running ring that has `remaining` µs: each turns at its own instant, in the theme's span.
fn urgency(cx: &Cx, clock: &Clock, remaining: i64) -> (f32, Rgba, Rgba) {
    let (place, palette, span) = (&cx.theme.layout.ring, &cx.theme.palette, cx.theme.motion.beat.urgent.us());
    let since = |seconds: u32| share(i64::from(seconds) * SECOND_US, remaining, span.max(1));
    // A clock that begins below a threshold has crossed it before it began.
    let crossed = |seconds: u32| {
        if remaining > i64::from(seconds) * SECOND_US {
            0.0
        } else if clock.duration_us <= i64::from(seconds) * SECOND_US {
            1.0
        } else {
            since(seconds)
        }
    };
    let (hot, critical) = (crossed(hot_s(cx, clock)), crossed(place.critical_s));
    let stroke = lerp(lerp(place.stroke, place.stroke_hot, hot), place.stroke_critical, critical);
    let lit = palette.ring.mix(palette.ring_hot, hot).mix(palette.ring_critical, critical);
    (stroke, lit, palette.well.mix(palette.ring_critical_fill, critical))
}

/// The same for the ring as it stands now.
fn light(cx: &Cx, clock: &Clock, state: State, remaining: i64) -> (f32, Rgba, Rgba) {
    let (place, palette, motion) = (&cx.theme.layout.ring, &cx.theme.palette, &cx.theme.motion);
    match state {
        State::Paused => (place.stroke, palette.well_ink2, palette.well),
        State::Over => (place.stroke_critical, palette.ring_critical, palette.ring_critical_fill),
        // It stops in the light that it had, and then rests.
        State::Locked(thin) => {
            let (stroke, lit, well) = urgency(cx, clock, remaining);
            (lerp(stroke, place.stroke_locked, thin), lit.mix(palette.well_ink2, thin), well.mix(palette.well, thin))
        }
        State::Calm | State::Hot | State::Critical if !clock.is_running() => (place.stroke, palette.ring, palette.well),
        State::Calm | State::Hot | State::Critical => {
            let (stroke, lit, well) = urgency(cx, clock, remaining);
            let started = 1.0 - share(cx.now, clock.since, motion.beat.start.us());
            (stroke + motion.beat.start_px * started, lit, well)
        }
    }
}

/// Seconds from which a clock is hot.
fn hot_s(cx: &Cx, clock: &Clock) -> u32 {
    let place = &cx.theme.layout.ring;
    if clock.duration_us > i64::from(place.long_s) * SECOND_US { place.hot_long_s } else { place.hot_s }
}

/// The whole seconds that are said of `remaining` µs: rounded up.
pub const fn digit(remaining: i64) -> i64 {
    (remaining + SECOND_US - 1) / SECOND_US
}

/// What is left, with a changed clock growing to its new rest from where it was.
pub fn remaining_us(cx: &Cx, clock: &Clock) -> i64 {
    let rest = clock.remaining_us(cx.now);
    let span = cx.theme.motion.move_in.us();
    match clock.departed_us {
        Some(departed) if cx.now - clock.since < span => {
            let moved = cx.theme.motion.curves.io.progress(cx.now, clock.since, span);
            departed + ((rest - departed) as f64 * f64::from(moved)) as i64
        }
        _ => rest,
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum State {
    Calm,
    Hot,
    Critical,
    /// Local zero: 0 is held until the server says so, and after.
    Over,
    Paused,
    /// The answer is in; how far the stroke has thinned.
    Locked(f32),
}

impl State {
    pub fn of(cx: &Cx, clock: &Clock, remaining: i64, locked: Option<i64>) -> Self {
        let place = &cx.theme.layout.ring;
        match clock.phase {
            ClockPhase::Expired => return Self::Over,
            ClockPhase::Paused { .. } => return Self::Paused,
            ClockPhase::Stopped { .. } => {
                let since = locked.unwrap_or(clock.since).min(clock.since);
                return Self::Locked(share(cx.now, since, cx.theme.motion.freeze.us()));
            }
            ClockPhase::Armed => return Self::Calm,
            ClockPhase::Running { .. } => {}
        }
        let seconds = |s: u32| i64::from(s) * SECOND_US;
        let hot = hot_s(cx, clock);
        match remaining {
            0 => Self::Over,
            us if us <= seconds(place.critical_s) => Self::Critical,
            us if us <= seconds(hot) => Self::Hot,
            _ => Self::Calm,
        }
    }
}

/// Digits of an urgent clock swell once at each second: whole px steps, so that few sizes are rasterised.
fn pulsed(cx: &Cx, clock: &Clock, state: State, remaining: i64, step: Step) -> Step {
    let place = &cx.theme.layout.ring;
    let pulse = match state {
        State::Hot => place.pulse,
        State::Critical => place.pulse_critical,
        _ => return step,
    };
    if !clock.is_running() || cx.theme.motion.reduced {
        return step;
    }
    let passed = (SECOND_US - remaining % SECOND_US) % SECOND_US;
    let swell = share(passed, 0, place.pulse_ms * 1_000);
    let height = if swell >= 1.0 { 0.0 } else { 1.0 - (2.0 * swell - 1.0).abs() };
    Step((step.0 * (1.0 + (pulse - 1.0) * height) / 4.0).round() * 4.0, step.1)
}
