//! The jury's place under the header's right end: 合议中, then its ruling, then what was corrected and why.
//!
//! One notice at a time, the newest; a notice that still stands comes back when a newer one has gone.

use super::run::Run;
use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKey, LayerKind, Placement},
        part::{Anchor, Icon, Point, Rect},
        sheet::{Sheet, shadow, vertical},
    },
    motion::share,
    protocol::{
        roster::{DrawKind, Team, TeamId},
        score::AppealResolved,
    },
    state::{Appeal, Kind, Scene, Score, Show, Stamped},
};

/// What is told, from when, until when.
struct Notice<'a> {
    since: i64,
    seq: u64,
    until: Option<i64>,
    what: What<'a>,
}

enum What<'a> {
    /// 合议中 and whose appeal it is.
    Open(&'a Appeal),
    /// 维持原判, and the note.
    Ruled(&'a Appeal, &'a Stamped<AppealResolved>),
    /// A team's score, old → new, and why.
    Score(&'a TeamId, &'a Score),
    /// Why another fact was corrected.
    Fact(String),
}

/// In every scene but the full-screen cards.
pub fn compose(show: &Show, cx: &Cx, layers: &mut Vec<Layer>) {
    let scene = show.program.scene;
    if matches!(scene, Scene::Ground | Scene::Slate) {
        return;
    }
    let notices = notices(cx, scene);
    let past = |at: &i64| *at <= cx.now;
    let turns = notices.iter().flat_map(|notice| [Some(notice.since), notice.until]).flatten();
    let Some(turn) = turns.filter(past).max() else { return };
    // Standing at an instant: the newest of those that do.
    let standing = |at: i64| {
        let stands = |notice: &&Notice| notice.since <= at && notice.until.is_none_or(|until| at < until);
        notices.iter().filter(stands).max_by_key(|notice| (notice.since, notice.seq))
    };
    let (former, present) = (standing(turn.saturating_sub(1)), standing(turn));
    let came = share(cx.now, turn, cx.theme.motion.badge.us());
    if let (Some(former), Some(present)) = (former, present)
        && former.seq == present.seq
    {
        layers.extend(pill(cx, scene, present, 1.0));
        return;
    }
    for (notice, opacity) in [(former, 1.0 - came), (present, came)] {
        layers.extend(notice.filter(|_| opacity > 0.0).and_then(|notice| pill(cx, scene, notice, opacity)));
    }
}

fn notices<'a>(cx: &Cx<'a>, scene: Scene) -> Vec<Notice<'a>> {
    let hold = cx.theme.motion.ruling_hold.us();
    let mut notices = Vec::new();
    if let Some(appeal) = &cx.core.appeal {
        let ruled = appeal.resolved.as_ref();
        let until = ruled.map(|ruling| ruling.since);
        notices.push(Notice { since: appeal.since, seq: appeal.seq, until, what: What::Open(appeal) });
        notices.extend(ruled.map(|ruling| Notice {
            since: ruling.since,
            seq: ruling.seq,
            until: Some(ruling.since.saturating_add(hold)),
            what: What::Ruled(appeal, ruling),
        }));
    }
    // The big moment tells its team's new score and the reason itself.
    let told = cx.core.turn.as_ref().filter(|_| scene == Scene::Moment).map(|turn| &turn.value.team);
    let shown = |(team, score): &(&TeamId, &Score)| score.corrected && Some(*team) != told;
    let mended = told.and_then(|team| cx.core.scores.get(team)).is_some_and(|score| score.corrected);
    for corrected in cx.core.corrections() {
        // What has a 更正 of its own beside it is told here only with a reason.
        let alone = matches!(corrected.kind, Kind::Turn | Kind::Round | Kind::Hit | Kind::Foul);
        if corrected.kind == Kind::Score
            || !corrected.kind.seen_in(scene)
            || (corrected.reason.is_empty() && !alone)
            || (mended && corrected.kind == Kind::Verdict)
        {
            continue;
        }
        let until = Some(corrected.since.saturating_add(hold));
        let what = What::Fact(corrected.reason);
        notices.push(Notice { since: corrected.since, seq: corrected.seq, until, what });
    }
    for (team, score) in cx.core.scores.iter().filter(|_| Kind::Score.seen_in(scene)).filter(shown) {
        let until = Some(score.since.saturating_add(hold));
        notices.push(Notice { since: score.since, seq: score.seq, until, what: What::Score(team, score) });
    }
    notices
}

/// A duel's question reaches up to the usual place; the middle of its head is free once it is decided, unless three counts
/// stand there.
fn over_head(cx: &Cx, scene: Scene) -> bool {
    let decided = super::duel::paying(cx).is_some();
    let tally = cx.core.audience.as_ref().and_then(|vote| vote.tally.as_ref());
    scene == Scene::Duel && decided && tally.is_some_and(|tally| tally.value.absent == 0)
}

/// Awards and draws have their heads in the usual place; there is room below the seal, and beside a reel alone.
fn below_seal(cx: &Cx, scene: Scene) -> Option<Point> {
    let question = cx.core.draw.as_ref().is_some_and(|draw| draw.opened.kind == DrawKind::Question);
    match scene {
        Scene::Draw if question => Some(cx.theme.layout.draw.hero_notice),
        Scene::Award | Scene::Draw => Some(cx.theme.layout.award.notice),
        _ => None,
    }
}

fn name(team: &Team) -> &str {
    team.short.as_ref().unwrap_or(&team.name)
}

/// What is not known is not drawn.
fn pill(cx: &Cx, scene: Scene, notice: &Notice, opacity: f32) -> Option<Layer> {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, marks) = (&layout.badge, &layout.correction);
    let (ink, ink2) = (palette.on_active, palette.on_active2);
    let gavel = || Run::new(cx).icon(Icon::Gavel, place.icon, ink).gap(place.gap);
    let team = |id: &str| cx.core.team(id).map(name).unwrap_or_default();
    let line = |text: &str| text.lines().next().unwrap_or_default().trim().to_owned();
    let run = match &notice.what {
        What::Open(appeal) => gavel().text(&typo.head, ink, &cx.words.appeal).gap(place.gap).text(
            &typo.sub,
            ink2,
            team(&appeal.opened.team),
        ),
        What::Ruled(appeal, ruling) => gavel()
            .text(&typo.head, ink, line(&ruling.value.outcome))
            .gap(place.gap)
            .text(&typo.sub, ink2, team(&appeal.opened.team))
            .gap(place.gap)
            .text(&typo.sub, ink2, line(&ruling.value.note)),
        // The duel's own sum shows the figures.
        What::Score(_, score) if scene == Scene::Duel => Run::new(cx)
            .text(&typo.head, ink, &cx.words.corrected)
            .gap(marks.gap)
            .text(&typo.sub, ink2, line(&score.reason)),
        What::Score(id, score) => {
            let before = score.was.as_ref().map_or_else(|| score.value() - score.delta, |was| was.value.value());
            Run::new(cx)
                .text(&typo.head, ink, &cx.words.corrected)
                .gap(marks.gap)
                .text(&typo.sub, ink, team(id))
                .gap(marks.gap)
                .struck(&typo.notice_figure, ink2, before.to_string(), marks.strike)
                .gap(marks.gap)
                .icon(Icon::Arrow, marks.arrow, ink2)
                .gap(marks.gap)
                .text(&typo.notice_figure, ink, score.value().to_string())
                .gap(marks.gap)
                .text(&typo.sub, ink2, line(&score.reason))
        }
        What::Fact(reason) => {
            Run::new(cx).text(&typo.head, ink, &cx.words.corrected).gap(marks.gap).text(&typo.sub, ink2, line(reason))
        }
    };
    let widest = match scene {
        Scene::Award | Scene::Draw => layout.award.notice_widest,
        Scene::Duel => marks.widest_duel,
        Scene::Moment => marks.widest_moment,
        _ => marks.widest,
    };
    let run = run.fit(widest - 2.0 * place.padding);
    let width = run.width() + 2.0 * place.padding;
    let (x, y) = if let Some(centre) = below_seal(cx, scene) {
        (centre.x - width / 2.0, centre.y - place.height / 2.0)
    } else if over_head(cx, scene) {
        (marks.head.x - width / 2.0, marks.head.y - place.height / 2.0)
    } else {
        let at = place.card.filter(|_| matches!(scene, Scene::Card | Scene::Rush)).unwrap_or(place.at);
        (at.x - width, at.y)
    };
    let pill = Rect::new(x, y, width, place.height);
    let mut sheet = Sheet::new(pill.grow(layout.bleed));
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.plate(pill, [pill.h / 2.0; 4], vertical(palette.active), None, Some(fall));
    run.draw(pill, Anchor::Centre, &mut sheet);
    let key = LayerKey { kind: LayerKind::Badge, entry: notice.seq, index: 0 };
    Some(sheet.into_layer(key, Placement::at(0.0, 0.0).faded(opacity)))
}
