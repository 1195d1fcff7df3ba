//! The duel: the player on stage against the audience. Question and key, the player's verdict, the audience, the sum.

use super::{buzzer::hero, card, duel_sum, run::Run, seats, tally, turn, verdict};
use crate::show::{
    frame::{
        correction::{At, tag, tags},
        cx::Cx,
        fit::fit,
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Icon, Point, Rect, Rgba, RingPart},
        sheet::{outline, shadow, vertical},
    },
    motion::{lerp, share},
    protocol::{
        play::{Outcome, QuestionKind},
        score::SeatOutcome,
    },
    state::{Ask, AudienceVote, Verdict},
    theme::{Ms, Words},
};

/// All of it; what is not known yet is not drawn.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let ask = cx.core.question.as_ref();
    if let Some(ask) = ask {
        if let Some(rect) = cx.theme.layout.duel.question {
            question(cx, ask, rect, layers);
            card::corrected(cx, ask, rect, layers);
        }
        layers.extend(answer(cx, ask));
    }
    let verdict = ask.and_then(|ask| ask.verdict.as_ref());
    // Where only the hall plays, it has the middle to itself.
    let alone = verdict.is_none() && cx.core.turn.is_none();
    if !alone {
        player(cx, ask, verdict, layers);
        named(cx, verdict, layers);
        // What it was worth is the sum's business.
        let judged = |verdict: &&Verdict| verdict.was.as_ref().is_some_and(|was| was.value.outcome != verdict.outcome);
        let was = verdict.filter(judged).and_then(|verdict| verdict.was.as_deref());
        tag(cx, tags::VERDICT, was, At::Centre(cx.theme.layout.correction.player), layers);
    }
    let Some(vote) = &cx.core.audience else { return };
    let first = layers.len();
    head(cx, vote, layers);
    let pays = paying(cx);
    let seated = vote.tally.as_ref().is_none_or(|tally| tally.value.seats.is_some());
    if vote.seats > 0 && seated {
        seats::wall(cx, vote, pays, layers);
    } else {
        tally::compose(cx, vote, pays, layers);
    }
    if alone {
        let (layout, place) = (&cx.theme.layout, &cx.theme.layout.duel);
        let across = layout.canvas.0 / 2.0 - place.head.centre().x;
        // Without a sum below, half of its room is left above.
        let down = (layout.safe.y + layout.safe.h - place.floor) / 2.0;
        layers.iter_mut().skip(first).for_each(|layer| layer.placement = layer.placement.moved(across, down));
    }
    duel_sum::compose(cx, layers);
    let marks = &cx.theme.layout.correction;
    let tally = vote.tally.as_ref().and_then(|tally| tally.was.as_deref());
    let at = At::Centre(if pays.is_some() { marks.n } else { marks.head });
    tag(cx, tags::TALLY, tally, at, layers);
}

/// The voters that count and from when: the wrong ones for a player who was right, the right ones against one who
/// was not. Known once both sides are.
pub fn paying(cx: &Cx) -> Option<(SeatOutcome, i64)> {
    let verdict = cx.core.question.as_ref()?.verdict.as_ref()?;
    let tally = cx.core.audience.as_ref()?.tally.as_ref()?;
    let won = verdict.outcome == Outcome::Correct;
    Some((if won { SeatOutcome::Wrong } else { SeatOutcome::Right }, verdict.since.max(tally.since)))
}

fn question(cx: &Cx, ask: &Ask, rect: Rect, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let place = &layout.duel;
    let mut sheet = cx.sheet(rect.grow(layout.bleed));
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.lit_plate(rect, [place.question_radius; 4], palette.plate, palette, layout, fall);
    let mut area = place.question_text;
    if ask.key.is_none() {
        area.w = rect.x + rect.w - place.question_radius - area.x;
    }
    let fitted = fit(cx.set, &ask.question.stem, &typo.duel_text, area.w, area.h);
    let page = super::page(cx, cx.since, fitted.pages.len());
    let lines = fitted.page(page);
    let y = area.y + (area.h - lines.len() as f32 * fitted.step.1) / 2.0 - typo.rise * fitted.step.0;
    sheet.lines(Point { x: area.x, y }, &typo.duel_text, fitted.step, palette.ink, lines);
    layers.push(cx.lay(LayerKind::Panel, 0, sheet, cx.entrance(Ms(0))));
}

/// ✓ 正确答案 B 12 个月
fn answer(cx: &Cx, ask: &Ask) -> Option<Layer> {
    let key = ask.key.as_ref()?;
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, rect) = (&layout.duel, layout.duel.answer?);
    let mut sheet = cx.sheet(rect.grow(layout.bleed / 4.0));
    sheet.plate(rect, [rect.h / 2.0; 4], vertical(palette.ok_fill), None, None);
    let radius = place.answer_disc / 2.0;
    let centre = Point { x: rect.x + place.answer_inset + radius, y: rect.y + rect.h / 2.0 };
    sheet.disc(centre, radius, Fill::Solid(palette.on_ok), None);
    sheet.icon(centre, place.answer_disc * 0.58, Icon::Check, palette.ok_fill.1);

    let ink = palette.on_ok;
    let options = &ask.question.options;
    let chosen: Vec<_> = options.iter().filter(|option| key.value.key.contains(&option.label)).collect();
    let letters: String = chosen.iter().map(|option| option.label.as_str()).collect();
    let (letters, text) = match (chosen.as_slice(), ask.question.kind) {
        ([], _) => (String::new(), key.value.key.join("；")),
        ([only], QuestionKind::Judge) => (String::new(), only.text.clone()),
        ([only], _) => (letters, only.text.clone()),
        _ => (letters, String::new()),
    };
    let left = centre.x + radius + place.answer_gap;
    let room = Rect::new(left, rect.y, rect.x + rect.w - rect.h / 4.0 - left, rect.h);
    let run = |word: &str| {
        let mut run = Run::new(cx);
        if !word.is_empty() {
            run = run.text(&typo.sub, ink, word).gap(place.answer_gap);
        }
        run = run.text(&typo.letter, ink, letters.as_str());
        if letters.is_empty() || text.is_empty() { run } else { run.gap(place.answer_gap) }.text(
            &typo.duel_answer,
            ink,
            text.lines().next().unwrap_or_default(),
        )
    };
    // The check says that it is the right one; a long answer takes the word's place.
    let full = run(&cx.words.right_answer);
    let run = if full.fits(room.w) { full } else { run("") };
    run.fit(room.w).draw(room, Anchor::Start, &mut sheet);
    let came = if key.since > cx.on_air { cx.fade_at(key.since, cx.theme.motion.fade_in) } else { cx.entrance(Ms(0)) };
    Some(cx.lay(LayerKind::Panel, 1, sheet, came))
}

/// The player's disc: waiting, then the verdict, whole on its first frame.
fn player(cx: &Cx, ask: Option<&Ask>, verdict: Option<&Verdict>, layers: &mut Vec<Layer>) {
    let (place, palette, motion) = (&cx.theme.layout.duel, &cx.theme.palette, &cx.theme.motion);
    let (centre, radius) = (place.player, place.player_radius);
    let rim = radius + place.player_gap / 2.0;
    let mut sheet = cx.sheet(Rect::disc(centre, rim).grow(place.player_gap));
    let inner = radius - place.player_stroke - place.player_gap;
    let mut lie = cx.entrance(Ms(0));
    let label = if let Some(verdict) = verdict {
        let (fill, ring, ink) = verdict::colours(cx, verdict.outcome);
        sheet.disc(centre, rim, Fill::Solid(palette.well), None);
        sheet.disc(centre, radius, Fill::None, outline(place.player_stroke, ring));
        sheet.disc(centre, inner, vertical(fill), None);
        sheet.icon(centre, place.player_icon, verdict::icon(verdict.outcome), ink);
        let popped = motion.curves.pop.progress(cx.now, verdict.since, motion.disc_in.us());
        let scale = lerp(motion.disc_from, 1.0, popped);
        lie = Placement::at(0.0, 0.0).scaled(scale, scale);
        match verdict.outcome {
            Outcome::Correct => &cx.words.player_right,
            Outcome::Wrong => &cx.words.player_wrong,
            other => verdict::word(cx.words, other),
        }
    } else {
        let locked = ask.and_then(|ask| ask.answer.as_ref()).is_some_and(|answer| answer.locked.is_some());
        sheet.ring(RingPart {
            rim: place.player_gap / 2.0,
            well: (palette.well, palette.well),
            track: palette.track,
            lit: if locked { palette.well_ink2 } else { Rgba::CLEAR },
            sweep: if locked { 1.0 } else { 0.0 },
            ..RingPart::plain(centre, radius, place.player_stroke)
        });
        let icon = if locked { Icon::Lock } else { Icon::Hourglass };
        sheet.icon(centre, place.player_icon / 2.0, icon, palette.well_ink2);
        if locked { &cx.words.locked } else { &cx.words.player_waits }
    };
    layers.push(cx.lay(LayerKind::Ring, 3, sheet, lie));
    let (typo, rect) = (&cx.theme.typography, place.player_label);
    let mut sheet = cx.sheet(rect);
    let fill = verdict.map(|verdict| verdict::colours(cx, verdict.outcome));
    match (place.player_label_padding, fill) {
        (Some(padding), Some((fill, _, ink))) => {
            let run = Run::new(cx).text(&typo.coin_name, ink, label).fit(rect.w - 2.0 * padding);
            let pill = Rect { w: run.width() + 2.0 * padding, ..rect };
            sheet.plate(pill, [pill.h / 2.0; 4], vertical(fill), None, None);
            run.draw(pill, Anchor::Centre, &mut sheet);
        }
        _ => Run::new(cx).text(&typo.coin_name, palette.ink, label).fit(rect.w).draw(
            rect,
            place.player_label_at,
            &mut sheet,
        ),
    }
    layers.push(cx.lay(LayerKind::Panel, 2, sheet, Placement { scale: (1.0, 1.0), ..lie }));
}

/// Team and player beside the disc, in classes whose header leaves that to the scene.
fn named(cx: &Cx, verdict: Option<&Verdict>, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.duel, &cx.theme.typography, &cx.theme.palette);
    let turn = cx.core.turn.as_ref();
    // Whose result it is stands there from its first frame.
    let lie = if verdict.is_some() { Placement::at(0.0, 0.0) } else { cx.entrance(Ms(0)) };
    let id = verdict.map(|verdict| &verdict.team).or(turn.map(|turn| &turn.value.team));
    if let (Some(rect), Some(team)) = (place.player_team, id.and_then(|id| cx.core.team(id))) {
        let mut sheet = cx.sheet(rect);
        hero(cx, &team.name, &typo.hero, rect, Anchor::Start, &mut sheet);
        layers.push(cx.lay(LayerKind::Panel, 6, sheet, lie));
    }
    let player = turn.and_then(|turn| cx.core.player(turn.value.player.as_deref()?));
    if let (Some(rect), Some(player)) = (place.player_name, player) {
        let mut sheet = cx.sheet(rect);
        let mut run = Run::new(cx);
        for (i, part) in turn::called(cx.words, player).into_iter().enumerate() {
            run = if i > 0 { run.gap(cx.theme.layout.run_gap) } else { run };
            run = run.text(&typo.player, palette.ink2, part);
        }
        run.fit(rect.w).draw(rect, Anchor::Start, &mut sheet);
        layers.push(cx.lay(LayerKind::Panel, 7, sheet, lie));
    }
}

/// 现场挑战团 18 人 …… 答对 12 答错 6
fn head(cx: &Cx, vote: &AudienceVote, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.duel, &cx.theme.typography, &cx.theme.palette);
    let (words, motion, rect) = (cx.words, &cx.theme.motion, cx.theme.layout.duel.head);
    let mut sheet = cx.sheet(rect);
    let size = vote.size.max(vote.seats);
    let size = vote.tally.as_ref().map_or(size, |tally| size.max(total(&tally.value)));
    let title = Run::new(cx)
        .text(&typo.head, palette.ink, Words::with(if vote.seats > 0 { &words.audience } else { &words.voters }, size))
        .fit(rect.w / 2.0);
    // Half of the row each; counts that are longer take what the title leaves.
    let left = rect.w - title.width() - place.head_gap;
    let room = |run: &Run| if run.fits(rect.w / 2.0) { rect.w / 2.0 } else { left };
    title.draw(rect, Anchor::Start, &mut sheet);
    let right = |run: Run, sheet: &mut _| {
        let room = room(&run);
        run.fit(room).draw(rect, Anchor::End, sheet);
    };
    match &vote.tally {
        None => {
            let text = Words::with(&words.audience_locked, vote.count);
            right(Run::new(cx).text(&typo.caption, palette.ink2, text), &mut sheet);
        }
        // A tally without seats has its counts below.
        Some(tally) if tally.value.seats.is_none() => {}
        Some(tally) => {
            // Told by the seats first, then counted.
            let told = share(cx.now, tally.since + motion.halo.us(), motion.fade_in.us());
            let counts = &tally.value;
            let mut run = Run::new(cx)
                .text(&typo.head, palette.ok.fade(told), Words::with(&words.seats_right, counts.right))
                .gap(place.head_gap)
                .text(&typo.head, palette.no.fade(told), Words::with(&words.seats_wrong, counts.wrong));
            if counts.absent > 0 {
                let text = Words::with(&words.seats_absent, counts.absent);
                run = run.gap(place.head_gap).text(&typo.head, palette.ink2.fade(told), text);
            }
            right(run, &mut sheet);
        }
    }
    layers.push(cx.lay(LayerKind::Panel, 3, sheet, cx.entrance(Ms(0))));
}

/// All voters of a tally.
pub const fn total(tally: &crate::show::protocol::score::AudienceTallied) -> u32 {
    tally.right.saturating_add(tally.wrong).saturating_add(tally.absent)
}
