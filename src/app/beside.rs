//! Where a window opens so that it hides as little as can be of another one, also where no window manager sees to it.

use bevy::{
    math::{IRect, IVec2},
    window::{Monitor, Window, WindowPosition},
};

/// Where a monitor lies, physical px.
pub fn screen(monitor: &Monitor) -> IRect {
    IRect::from_corners(monitor.physical_position, monitor.physical_position + monitor.physical_size().as_ivec2())
}

/// Where a window lies, physical px; one that nobody has placed is taken to lie in the corner.
pub fn lies(window: &Window) -> IRect {
    let corner = match window.position {
        WindowPosition::At(corner) => corner,
        _ => IVec2::ZERO,
    };
    IRect::from_corners(corner, corner + window.resolution.physical_size().as_ivec2())
}

/// Beside the `taken` places; without room there, in the far corner of a screen; in one it would fill, wherever the
/// window manager puts it.
pub fn place(taken: &[IRect], size: IVec2, screens: &[IRect]) -> WindowPosition {
    if taken.is_empty() {
        return WindowPosition::Automatic;
    }
    let far = || screens.iter().find(|screen| screen.size().cmpgt(size).all()).map(|screen| screen.max - size);
    free(taken, size, screens).or_else(far).map_or(WindowPosition::Automatic, WindowPosition::At)
}

/// Where a window of this size fits on a screen and covers nothing of the `taken` places: right of one, below, left,
/// above, or on another screen.
pub fn free(taken: &[IRect], size: IVec2, screens: &[IRect]) -> Option<IVec2> {
    let beside = taken.iter().flat_map(|taken| {
        [
            IVec2::new(taken.max.x, taken.min.y),
            IVec2::new(taken.min.x, taken.max.y),
            IVec2::new(taken.min.x - size.x, taken.min.y),
            IVec2::new(taken.min.x, taken.min.y - size.y),
        ]
    });
    let corners = screens.iter().map(|screen| screen.min);
    beside.chain(corners).find(|corner| {
        let wanted = IRect::from_corners(*corner, *corner + size);
        let covers = taken.iter().any(|taken| !wanted.intersect(*taken).is_empty());
        !covers && screens.iter().any(|screen| screen.union(wanted) == *screen)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONSOLE: IVec2 = IVec2::new(1360, 840);

    fn rect(x: i32, y: i32, width: i32, height: i32) -> IRect {
        IRect::new(x, y, x + width, y + height)
    }

    #[test]
    fn a_window_opens_right_of_the_other_one_or_below_or_on_another_screen() {
        let taken = rect(0, 0, 1280, 720);
        assert_eq!(free(&[taken], CONSOLE, &[rect(0, 0, 3840, 2160)]), Some(IVec2::new(1280, 0)));
        assert_eq!(free(&[taken], CONSOLE, &[rect(0, 0, 1440, 2560)]), Some(IVec2::new(0, 720)));
        let screens = [rect(0, 0, 1920, 1080), rect(-1920, 0, 1920, 1080)];
        assert_eq!(free(&screens[..1], CONSOLE, &screens), Some(IVec2::new(-1360, 0)));
        let above = [rect(0, 0, 1920, 1080), rect(300, -1080, 1920, 1080)];
        assert_eq!(free(&above[..1], CONSOLE, &above), Some(IVec2::new(300, -1080)));
        assert_eq!(free(&[taken], CONSOLE, &[rect(0, 0, 1920, 1080)]), None);
    }

    #[test]
    fn a_third_window_covers_neither_of_two() {
        let (desk, program, host) = (rect(0, 0, 1360, 840), rect(1360, 0, 960, 540), IVec2::new(640, 360));
        let screens = [rect(0, 0, 2400, 1080)];
        assert_eq!(free(&[desk, program], host, &screens), Some(IVec2::new(1360, 540)));
        assert_eq!(free(&[desk, program], IVec2::new(960, 600), &screens), None);
        assert_eq!(free(&[desk, screens[0]], host, &screens), None);
    }

    #[test]
    fn without_room_it_lies_in_the_far_corner_and_never_beyond_the_screen() {
        let screens = [rect(0, 0, 1920, 1080)];
        let at = |size| place(&[rect(0, 0, 1360, 840)], size, &screens);
        assert_eq!(at(IVec2::new(1280, 720)), WindowPosition::At(IVec2::new(640, 360)));
        assert_eq!(at(IVec2::new(1920, 1080)), WindowPosition::Automatic);
        assert_eq!(place(&[], CONSOLE, &screens), WindowPosition::Automatic);
    }
}
