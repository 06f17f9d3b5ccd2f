//! Letters with invitations: what the mail server gets, and what is shown when it does not take them.

use std::sync::{Arc, Mutex};

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

use crate::house::{House, Plan, accounts::lines_on};

const DANA: &str = "dana.reed@quillmere.example";

/// A mail server that keeps what it is given, or takes nothing.
struct Post {
    server: String,
    said: Arc<Mutex<Vec<String>>>,
    serving: JoinHandle<()>,
}

impl Drop for Post {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Post {
    async fn start(takes: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = format!("smtp://{}", listener.local_addr().unwrap());
        let said: Arc<Mutex<Vec<String>>> = Arc::default();
        let kept = said.clone();
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, kept.clone(), takes));
            }
        });
        Self { server, said, serving }
    }

    fn said(&self) -> String {
        self.said.lock().unwrap().join("\n")
    }
}

/// As much of RFC 5321 as a letter needs.
async fn talk(stream: TcpStream, kept: Arc<Mutex<Vec<String>>>, takes: bool) {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 post.example\r\n").await.unwrap();
    let mut in_letter = false;
    while let Ok(Some(line)) = lines.next_line().await {
        kept.lock().unwrap().push(line.clone());
        let answer: &[u8] = match line.split(' ').next().unwrap_or_default() {
            "." if in_letter => {
                in_letter = false;
                b"250 taken\r\n"
            }
            _ if in_letter => continue,
            "RCPT" if !takes => b"550 no such person\r\n",
            "DATA" => {
                in_letter = true;
                b"354 go on\r\n"
            }
            "QUIT" => b"221 bye\r\n",
            _ => b"250 fine\r\n",
        };
        if write.write_all(answer).await.is_err() {
            return;
        }
    }
}

async fn invited(post: &Post) -> (House, String, String) {
    let house = House::built(Plan { mail: Some(post.server.clone()), ..Plan::default() }).await;
    let owner = house.sign_in().await;
    let ticket = owner.get("/accounts").await.field("ticket");
    let answer = owner.post("/accounts", "/accounts/invite", &[("email", DANA), ("ticket", &ticket)]).await;
    let link = lines_on(&answer).pop().unwrap();
    (house, link, answer.words())
}

#[tokio::test]
async fn an_invitation_is_sent_to_the_person_and_shown_as_well() {
    let post = Post::start(true).await;
    let (house, link, words) = invited(&post).await;
    assert!(words.contains("A letter with it is on its way"), "{words}");
    let said = post.said();
    assert!(said.contains(&format!("RCPT TO:<{DANA}>")), "{said}");
    assert!(said.contains("Subject: Your invitation to Steward"), "{said}");
    // Long lines travel folded.
    let letter = said.replace("=\n", "").replace("=3D", "=");
    assert!(letter.contains(&link), "{letter}");
    let link = link.strip_prefix(&house.origin).unwrap();
    house.join(link, DANA).await;
}

#[tokio::test]
async fn a_letter_that_is_not_taken_is_told_and_the_link_counts_all_the_same() {
    let post = Post::start(false).await;
    let (house, link, words) = invited(&post).await;
    assert!(words.contains("did not take the letter"), "{words}");
    house.join(link.strip_prefix(&house.origin).unwrap(), DANA).await;
}

#[test]
fn a_mail_server_is_reached_over_tls_or_on_this_very_machine() {
    let server = |server: &str| {
        operations::Mailer::new(operations::MailSettings {
            server: server.to_owned(),
            user: None,
            password: None,
            from: "steward@quillmere.example".to_owned(),
        })
        .is_ok()
    };
    for good in ["smtps://mail.example", "smtp://mail.example?tls=required", "smtp://127.0.0.1:2525"] {
        assert!(server(good), "{good}");
    }
    for bad in [
        "smtp://mail.example",
        "smtp://127.0.0.1.evil.example",
        "smtp://mail.example?tls=opportunistic",
        "http://mail.example",
        "",
    ] {
        assert!(!server(bad), "{bad}");
    }
}
