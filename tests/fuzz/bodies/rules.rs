//! Any text as a rulebook: read, remarked upon, and a contest simulated by it.

use std::sync::OnceLock;

use leitai::{
    locale::{Lang, tell},
    show::{
        bank::{BankQuestion, Roster},
        rules::Rulebook,
    },
    simulate::{Options, simulate},
};

fn people() -> &'static (Roster, Vec<BankQuestion>) {
    static PEOPLE: OnceLock<(Roster, Vec<BankQuestion>)> = OnceLock::new();
    PEOPLE.get_or_init(|| {
        let roster = include_str!("../../../assets/shows/yantai.teams.json");
        let bank = include_str!("../../../assets/questions/shebao.json");
        (serde_json::from_str(roster).expect("a roster"), serde_json::from_str(bank).expect("a bank"))
    })
}

pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match Rulebook::parse(text) {
        Ok(book) => {
            let _told: Vec<String> = book.notices().iter().map(ToString::to_string).collect();
            let (roster, bank) = people();
            let options = Options { mishaps: text.len().is_multiple_of(2), ..Options::seed(7) };
            if let Err(error) = simulate(&book, roster, bank, options) {
                assert!(!tell(Lang::Zh, &error).is_empty());
            }
        }
        Err(error) => assert!(!tell(Lang::En, &error).is_empty()),
    }
}
