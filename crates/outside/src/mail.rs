//! The mail server: short plain letters by SMTP.

use std::time::Duration;

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp::authentication::Credentials,
};
use secrecy::{ExposeSecret, SecretString};

/// Which mail server, and as whom.
#[derive(Clone)]
pub struct MailSettings {
    /// `smtps://host`, `smtp://host?tls=required`, or `smtp://127.0.0.1:PORT` on this very machine.
    pub server: String,
    /// The name to sign in with there.
    pub user: Option<String>,
    /// Its password.
    pub password: Option<SecretString>,
    /// The sender.
    pub from: String,
}

/// Sends letters.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// A letter that was not sent.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// A setting is no address of a server, or would send in the open.
    #[error("the mail server must be smtps://HOST, smtp://HOST?tls=required, or on this very machine")]
    Server,
    /// An address is none.
    #[error("an e-mail address cannot be used")]
    Address,
    /// The server did not take it.
    #[error("the mail server did not take the letter")]
    NotTaken(#[source] lettre::transport::smtp::Error),
}

/// The longest wait for the server.
const PATIENCE: Duration = Duration::from_secs(10);

impl Mailer {
    /// A mail server by its settings. It is asked only when there is a letter.
    pub fn new(settings: MailSettings) -> Result<Self, MailError> {
        let from = settings.from.parse().map_err(|_| MailError::Address)?;
        let server: http::Uri = settings.server.parse().map_err(|_| MailError::Server)?;
        let is_sealed = server.scheme_str() == Some("smtps") || server.query() == Some("tls=required");
        let is_here = matches!(server.host(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if !is_sealed && !is_here {
            return Err(MailError::Server);
        }
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&settings.server);
        let mut transport = transport.map_err(|_| MailError::Server)?.timeout(Some(PATIENCE));
        if let (Some(user), Some(password)) = (settings.user, settings.password) {
            transport = transport.credentials(Credentials::new(user, password.expose_secret().to_owned()));
        }
        Ok(Self { transport: transport.build(), from })
    }

    /// Sends a letter, once.
    pub async fn send(&self, to: &str, subject: &str, text: String) -> Result<(), MailError> {
        let to: Mailbox = to.parse().map_err(|_| MailError::Address)?;
        let letter = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text)
            .map_err(|_| MailError::Address)?;
        self.transport.send(letter).await.map(drop).map_err(MailError::NotTaken)
    }
}
