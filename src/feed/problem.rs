//! What goes wrong with a feed, as sentences in the operator's two languages.

use crate::show::protocol::{ProtocolError, SUBPROTOCOL, VERSION, control::ErrorCode};

/// A problem of the feed. The picture stays through all of them; each says what the operator can do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedProblem {
    #[error("{url} cannot be reached: {reason}; leitai goes on trying")]
    Unreachable { url: String, reason: String },
    #[error("{url} answers HTTP {status}; check the address")]
    Http { url: String, status: u16 },
    #[error("{url} refuses the token; check --token-file")]
    Unauthorized { url: String },
    #[error("{url} does not speak {SUBPROTOCOL}; check the address")]
    Subprotocol { url: String },
    #[error("the server speaks protocol {server}, this program {VERSION}; update one of them")]
    Version { server: u32 },
    #[error("the server did not say welcome, but: {said}")]
    NoWelcome { said: String },
    #[error("the connection was lost: {reason}; leitai reconnects and resumes")]
    Lost { reason: String },
    #[error("the server was silent for {silent_ms} ms; leitai reconnects and resumes")]
    Silent { silent_ms: u64 },
    #[error("{0}")]
    Message(#[from] ProtocolError),
    #[error("a message broke the connection: {reason}; leitai reconnects and resumes")]
    Unreadable { reason: String },
    #[error("a binary message of {bytes} bytes was refused; the feed is text")]
    Binary { bytes: usize },
    #[error("events {from} to {to} did not come in time; leitai reconnects and asks for them")]
    Gap { from: u64, to: u64 },
    #[error("events {from} to {to} never came; the show goes on without them, check the figures on air")]
    GapUnfilled { from: u64, to: u64 },
    #[error("the scoring system was reset: epoch \"{from}\" ended, \"{to}\" began; all that came before is discarded")]
    Epoch { from: String, to: String },
    #[error("the server complains ({code:?}): {message}")]
    Server { code: ErrorCode, message: String, fatal: bool },
    #[error("the server's clock was set by {by_ms} ms; leitai follows where nothing on air can jump")]
    ClockSet { by_ms: i64 },
}

impl FeedProblem {
    /// What it is, without its particulars: a problem is reported once per kind and counted.
    pub fn kind(&self) -> String {
        match self {
            Self::Unreachable { .. } => "unreachable".to_owned(),
            Self::Http { status, .. } => format!("http {status}"),
            Self::Unauthorized { .. } => "unauthorized".to_owned(),
            Self::Subprotocol { .. } => "subprotocol".to_owned(),
            Self::Version { .. } => "version".to_owned(),
            Self::NoWelcome { .. } => "no welcome".to_owned(),
            Self::Lost { .. } => "lost".to_owned(),
            Self::Silent { .. } => "silent".to_owned(),
            Self::Message(error) => match error {
                ProtocolError::TooLarge { .. } => "too large".to_owned(),
                ProtocolError::NotUtf8 { .. } => "not UTF-8".to_owned(),
                ProtocolError::NotJson { .. } => "not JSON".to_owned(),
                ProtocolError::NoType => "no type".to_owned(),
                ProtocolError::Control { message, field, .. } => format!("{message} {field}"),
                ProtocolError::Version { .. } => "envelope version".to_owned(),
                ProtocolError::UnknownType { event, .. } => format!("unknown {event}"),
                ProtocolError::Field { event, field, .. } => format!("{event} {field}"),
            },
            Self::Unreadable { .. } => "unreadable".to_owned(),
            Self::Binary { .. } => "binary".to_owned(),
            Self::Gap { .. } => "gap".to_owned(),
            Self::GapUnfilled { .. } => "gap unfilled".to_owned(),
            Self::Epoch { .. } => "epoch".to_owned(),
            Self::Server { code, .. } => format!("server {code:?}"),
            Self::ClockSet { .. } => "clock set".to_owned(),
        }
    }

    /// The sentence in Chinese. Names, fields and the system's own reasons stay as they are.
    pub fn zh(&self) -> String {
        match self {
            Self::Unreachable { url, reason } => format!("无法连接 {url}：{reason}；正在不断重试"),
            Self::Http { url, status } => format!("{url} 返回 HTTP {status}；请检查地址"),
            Self::Unauthorized { url } => format!("{url} 拒绝了令牌；请检查 --token-file"),
            Self::Subprotocol { url } => format!("{url} 不支持 {SUBPROTOCOL}；请检查地址"),
            Self::Version { server } => format!("服务器使用协议版本 {server}，本程序为 {VERSION}；请更新其中一方"),
            Self::NoWelcome { said } => format!("服务器没有发送 welcome，而是：{said}"),
            Self::Lost { reason } => format!("连接中断：{reason}；正在重连并续传"),
            Self::Silent { silent_ms } => format!("服务器已 {silent_ms} 毫秒没有任何消息；正在重连并续传"),
            Self::Message(error) => message_zh(error),
            Self::Unreadable { reason } => format!("一条消息使连接断开：{reason}；正在重连并续传"),
            Self::Binary { bytes } => format!("拒收 {bytes} 字节的二进制消息；数据应为文本"),
            Self::Gap { from, to } => format!("事件 {from} 至 {to} 未按时到达；正在重连并索取"),
            Self::GapUnfilled { from, to } => {
                format!("事件 {from} 至 {to} 始终未到；节目继续，请核对屏幕上的分数")
            }
            Self::Epoch { from, to } => format!("计分系统已重置：“{from}”结束，“{to}”开始；此前内容作废"),
            Self::Server { code, message, .. } => format!("服务器报错（{code:?}）：{message}"),
            Self::ClockSet { by_ms } => format!("服务器时钟被调整了 {by_ms} 毫秒；画面上的时间不会跳变"),
        }
    }
}

fn message_zh(error: &ProtocolError) -> String {
    match error {
        ProtocolError::TooLarge { bytes, limit } => {
            format!("拒收消息：{bytes} 字节，上限 {limit}；请让计分系统一次少发一些")
        }
        ProtocolError::NotUtf8 { at } => format!("拒收消息：第 {at} 字节起不是 UTF-8"),
        ProtocolError::NotJson { reason } => format!("拒收消息：不是 JSON 对象（{reason}）"),
        ProtocolError::NoType => "拒收消息：缺少 `type`".to_owned(),
        ProtocolError::Control { message, field, reason } => {
            format!("拒收 `{message}` 消息：字段 `{field}`：{reason}")
        }
        ProtocolError::Version { seq, version } => format!("拒收事件 {seq}：信封版本 {version}，本程序为 {VERSION}"),
        ProtocolError::UnknownType { seq, event } => format!("跳过事件 {seq}：未知类型“{event}”；画面保持不变"),
        ProtocolError::Field { seq, event, field, reason } => {
            format!("拒收事件 {seq}（{event}）：字段 `{field}`：{reason}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_name_the_same_particulars() {
        let problem = FeedProblem::GapUnfilled { from: 41, to: 43 };
        for sentence in [problem.to_string(), problem.zh()] {
            assert!(sentence.contains("41") && sentence.contains("43"), "{sentence}");
        }
        let problem = FeedProblem::Message(ProtocolError::UnknownType { seq: 9, event: "laser.fired".to_owned() });
        for sentence in [problem.to_string(), problem.zh()] {
            assert!(sentence.contains('9') && sentence.contains("laser.fired"), "{sentence}");
        }
    }
}
