//! Sends signed news to an address that a tenant names, and to nowhere else.

mod place;
mod reach;
mod signature;

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use model::licences::news::{Hook, Tried, Try};
use reqwest::{Client, redirect, retry};
use secrecy::SecretString;
use tracing::info;
use uuid::Uuid;

pub use place::{AddressError, Target};
pub use signature::{SIGNATURE, new_secret, sign};

/// The id of the news, the same on every try: by it the other side knows what it has already.
pub const DELIVERY: &str = "steward-delivery";
/// How long the name of a host is looked for.
const LOOK_UP: Duration = Duration::from_secs(5);
/// How long the other side may take to connect, and to answer.
const CONNECT: Duration = Duration::from_secs(5);
const DEADLINE: Duration = Duration::from_secs(10);

/// The way to addresses outside.
#[derive(Debug, Clone, Default)]
pub struct Hooks {
    /// Hosts that may be in a private network.
    named: Vec<String>,
    /// How this program calls itself.
    product: String,
    deadline: Option<Duration>,
}

/// One message to be sent.
pub struct Message<'a> {
    /// Its id, the same on every try.
    pub id: Uuid,
    /// The bytes, and no others, that are signed and sent.
    pub body: &'a str,
    /// The secret it is signed with.
    pub secret: &'a SecretString,
    /// The time, in seconds since 1970, which is signed along.
    pub now: model::Moment,
}

impl Hooks {
    /// `named` are hosts that an operator allows although they are in a private network.
    pub fn new(product: &str, named: Vec<String>) -> Self {
        let named = named.into_iter().map(|host| host.trim().to_lowercase()).collect();
        Self { named, product: product.to_owned(), deadline: None }
    }

    /// The same with less patience, for tests of those who never answer.
    pub fn hasty(self, deadline: Duration) -> Self {
        Self { deadline: Some(deadline), ..self }
    }

    /// Checks an address that somebody typed: its form, and where its host leads now.
    pub async fn check(&self, url: &str) -> Result<Target, AddressError> {
        let target = Target::read(url, &self.named)?;
        reach::addresses(&target, LOOK_UP).await?;
        Ok(target)
    }

    /// Sends a message once. The host is looked up anew and checked anew, and the connection goes to the very address
    /// that was checked: a name that leads elsewhere a moment later changes nothing.
    pub async fn send(&self, hook: &Hook, message: &Message<'_>) -> Tried {
        let began = Instant::now();
        let outcome = self.try_to_send(hook, message).await.unwrap_or_else(|outcome| outcome);
        let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        info!(news = %message.id, hook = %hook.id, outcome = outcome.word(), milliseconds, "Tried to send news");
        Tried { at: message.now, outcome, milliseconds }
    }

    async fn try_to_send(&self, hook: &Hook, message: &Message<'_>) -> Result<Try, Try> {
        let refused = |error: AddressError| match error {
            AddressError::Wrong => Try::NotAllowed,
            AddressError::Private => Try::PrivateAddress,
            AddressError::Unknown => Try::NoAddress,
        };
        let target = Target::read(&hook.url, &self.named).map_err(refused)?;
        let addresses = reach::addresses(&target, LOOK_UP).await.map_err(refused)?;
        let client = self.client(&target, &addresses).map_err(|_| Try::NotReached)?;
        let request = client
            .post(target.url().clone())
            .header("content-type", "application/json")
            .header(SIGNATURE, sign(message.secret, message.now, message.body))
            .header(DELIVERY, message.id.to_string())
            .body(message.body.to_owned());
        // Of the answer only the status is read: nothing that the other side says is kept or shown.
        let answer = request
            .send()
            .await
            .map_err(|error| if error.is_timeout() { Try::TimedOut } else { Try::NotReached })?;
        let status = answer.status();
        Ok(match status.as_u16() {
            code if status.is_success() => Try::Taken(code),
            code if status.is_redirection() => Try::Redirected(code),
            code => Try::Refused(code),
        })
    }

    /// A client for this one message, bound to the addresses that were checked.
    fn client(&self, target: &Target, addresses: &[SocketAddr]) -> reqwest::Result<Client> {
        let deadline = self.deadline.unwrap_or(DEADLINE);
        let client = Client::builder()
            .https_only(target.url().scheme() == "https")
            .redirect(redirect::Policy::none())
            .retry(retry::never())
            .no_proxy()
            .referer(false)
            .user_agent(self.product.clone())
            .connect_timeout(CONNECT.min(deadline))
            .timeout(deadline)
            .pool_max_idle_per_host(0);
        // A host that is an address by itself is not looked up by anybody.
        match target.name() {
            Some(name) => client.resolve_to_addrs(name, addresses),
            None => client,
        }
        .build()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::{net::TcpListener, time::timeout};

    use super::*;

    #[tokio::test]
    async fn a_connection_goes_to_the_address_that_was_checked_and_nowhere_else() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        // Nobody can look this name up: whoever comes was sent by the address that was handed in.
        let url = format!("https://pinned.invalid:{}/", address.port());
        let target = Target::read(&url, &["pinned.invalid".to_owned()]).unwrap();
        let hooks = Hooks::new("Steward/test", Vec::new()).hasty(Duration::from_secs(5));
        let client = hooks.client(&target, &[address]).unwrap();
        let sent = tokio::spawn(client.post(target.url().clone()).send());
        let came = timeout(Duration::from_secs(5), listener.accept()).await;
        assert!(came.is_ok(), "the name was looked up instead");
        // What listens there speaks no TLS.
        drop(came);
        assert!(sent.await.unwrap().is_err());
    }
}
