//! Who may do what: one token to look, one to operate.

use crate::feed::Token;

/// What a token opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The state, as far as anybody may know it; no command.
    View,
    /// Everything.
    Operate,
}

/// The tokens that open anything.
#[derive(Clone, Debug)]
pub struct Tokens {
    pub operate: Token,
    /// Without one nobody is a viewer.
    pub view: Option<Token>,
}

impl Tokens {
    /// What is opened by what was said. Both are always compared, each in constant time.
    pub(super) fn role(&self, said: &[u8]) -> Option<Role> {
        let operates = self.operate.is(said);
        let views = self.view.as_ref().is_some_and(|token| token.is(said));
        match (operates, views) {
            (true, _) => Some(Role::Operate),
            (false, true) => Some(Role::View),
            (false, false) => None,
        }
    }

    /// Each of them, to be kept out of everything that leaves the machine.
    pub fn all(&self) -> impl Iterator<Item = &Token> {
        std::iter::once(&self.operate).chain(&self.view)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_token_opens_its_own() {
        let both = Tokens { operate: Token::new("operate-operate"), view: Some(Token::new("view-view-view")) };
        assert_eq!(both.role(b"operate-operate"), Some(Role::Operate));
        assert_eq!(both.role(b"view-view-view"), Some(Role::View));
        for said in [&b""[..], b"operate-operat", b"operate-operate ", b"view"] {
            assert_eq!(both.role(said), None);
        }
        let one = Tokens { view: None, ..both.clone() };
        assert_eq!(one.role(b"view-view-view"), None);
        assert_eq!((both.all().count(), one.all().count()), (2, 1));
        assert!(!format!("{both:?}").contains("operate-"));
    }
}
