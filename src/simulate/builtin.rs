//! The rulebooks that come with the program, by the names of their files.

/// Name and text of each.
pub const RULEBOOKS: [(&str, &str); 4] = [
    ("yantai", include_str!("../../assets/rules/yantai.ron")),
    ("liaoning", include_str!("../../assets/rules/liaoning.ron")),
    ("zhongwei", include_str!("../../assets/rules/zhongwei.ron")),
    ("fujian", include_str!("../../assets/rules/fujian.ron")),
];

/// The text of the built-in rulebook `name`.
pub fn built_in(name: &str) -> Option<&'static str> {
    RULEBOOKS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}
