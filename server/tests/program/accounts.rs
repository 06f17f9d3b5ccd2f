//! Accounts of Steward's own: who is invited, what the owner does with them, and whose sign-ins are seen and ended.

use model::{ProblemCode, audit::ActState};

use crate::house::{
    House,
    accounts::{PHRASE, code_of, lines_on, secret_on},
    until,
};

const DANA: &str = "dana.reed@quillmere.example";

#[tokio::test]
async fn an_invited_person_sets_everything_up_signs_in_and_sees_that_nothing_was_given() {
    let house = House::start().await;
    let member = house.member(DANA).await;
    let page = member.visitor.open("/").await;
    assert!(page.says("Nothing was given to you yet") && page.says("Dana Reed"), "{}", page.words());
    assert!(!page.body.contains("href=\"/sites\"") && !page.body.contains("href=\"/accounts\""));
    member.visitor.get("/sites").await.explains(ProblemCode::NotAllowed);
    member.visitor.get("/accounts").await.explains(ProblemCode::NotAllowed);
    assert_eq!(member.visitor.sign_out().await.location(), "/login?notice=signed-out");
    let again = house.stranger();
    assert_eq!(member.enter(&again, PHRASE, &member.code(1)).await.location(), "/");
    assert!(again.open("/").await.says("Nothing was given to you yet"));
    for verb in ["account.invite", "account.join"] {
        assert_eq!(house.states_of(verb).await, [ActState::Done], "{verb}");
    }
    assert_eq!(
        house.world().requests().iter().filter(|it| it.method != "GET").count(),
        1,
        "the owner's sign-in alone"
    );
}

#[tokio::test]
async fn a_link_that_does_not_count_is_explained_alike_whatever_became_of_it() {
    let house = House::start().await;
    let owner = house.sign_in().await;
    let used = house.invite(&owner, DANA).await;
    let member = house.join(&used, DANA).await;
    let over = house.invite(&owner, "over@quillmere.example").await;
    house.sql("UPDATE member SET invited_until = 1 WHERE folded LIKE 'over%'").await;
    let revoked = house.invite(&owner, "revoked@quillmere.example").await;
    house.sql("UPDATE member SET invitation = NULL WHERE folded LIKE 'revoked%'").await;
    let forged = format!("/join?key={}", "0f".repeat(32));
    let mut said = Vec::new();
    for link in [used.as_str(), &over, &revoked, &forged, "/join", "/join?key=x%27%20OR%201"] {
        let answer = house.stranger().get(link).await;
        answer.explains(ProblemCode::InvitationOver);
        assert!(!answer.body.contains("quillmere.example"), "{}", answer.words());
        said.push(answer.words().replace(answer.reference(), ""));
        let key = link.split_once("key=").map(|(_, key)| key).unwrap_or_default();
        let fields =
            [("key", key), ("name", "Eve"), ("password", PHRASE), ("again", PHRASE), ("code", "123456")];
        house.stranger().post("/join", "/join", &fields).await.explains(ProblemCode::InvitationOver);
    }
    assert!(said.windows(2).all(|pair| pair[0] == pair[1]), "{said:?}");
    // The one who has joined is still in.
    assert!(member.visitor.open("/").await.says("Dana Reed"));
    // The log tells them apart, once each; a key that nobody was given leaves nothing.
    let refused = async || {
        let log = house.audit().await.into_iter().filter(|entry| entry.verb == "account.join-refuse");
        let mut told: Vec<_> = log.filter_map(|entry| Some((entry.object_name, entry.code?))).collect();
        told.sort_unstable();
        told
    };
    until("both are written down", async || refused().await.len() >= 2).await;
    let told = [(DANA, "invitation.used"), ("over@quillmere.example", "invitation.expired")];
    assert_eq!(refused().await, told.map(|(name, code)| (name.to_owned(), code.to_owned())));
    let log = house.audit().await;
    let entry = log.iter().find(|entry| entry.code.as_deref() == Some("invitation.used")).unwrap();
    let page = owner.get(&format!("/audit/{}", entry.act)).await;
    assert!(page.says("The invitation was taken up before"), "{}", page.words());
}

#[tokio::test]
async fn a_link_that_was_passed_on_tells_nothing_once_it_was_used_and_the_owner_sees_and_ends_it() {
    let house = House::start().await;
    let owner = house.sign_in().await;
    let link = house.invite(&owner, DANA).await;
    // Whoever holds the link first is that account: it was not Dana.
    let eve = house.join(&link, DANA).await;
    let dana = house.stranger().get(&link).await;
    dana.explains(ProblemCode::InvitationOver);
    for told in [DANA, "Dana Reed", "127.0.0.1"] {
        assert!(!dana.body.contains(told), "{told}: {}", dana.words());
    }
    let page = owner.get(&format!("/accounts/{}", eve.account)).await;
    let (_, used) =
        page.words().split_once("Invitation used").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    assert!(used.contains("from 127.0.0.1"), "{used}");
    // A new link erases what was set, and whoever was in is out.
    let ticket = page.field("ticket");
    let fields = [("account", eve.account.as_str()), ("ticket", &ticket)];
    let anew = owner.post("/accounts", "/accounts/again", &fields).await;
    assert!(anew.says("Whoever opens it first sets the password"), "{}", anew.words());
    assert_eq!(eve.visitor.get("/account").await.location(), "/login?next=%2Faccount");
    let fresh = lines_on(&anew).pop().unwrap().strip_prefix(&house.origin).unwrap().to_owned();
    assert_ne!(fresh, link);
    house.stranger().get(&link).await.explains(ProblemCode::InvitationOver);
    house.join(&fresh, DANA).await;
}

#[tokio::test]
async fn a_link_followed_by_two_at_once_makes_one_account() {
    let house = House::start().await;
    let link = house.invite(&house.sign_in().await, DANA).await;
    let (one, other) = (house.stranger(), house.stranger());
    let (first, second) = tokio::join!(one.get(&link), other.get(&link));
    let codes = [code_of(&secret_on(&first), 0), code_of(&secret_on(&second), 0)];
    let sent = tokio::join!(
        house.send_join(&one, &first, PHRASE, &codes[0]),
        house.send_join(&other, &second, PHRASE, &codes[1]),
    );
    let joined = [&sent.0, &sent.1].into_iter().filter(|answer| !lines_on(answer).is_empty()).count();
    assert_eq!(joined, 1, "{} / {}", sent.0.words(), sent.1.words());
    let in_now = [&one, &other].into_iter().filter(|visitor| visitor.cookie().is_some()).count();
    assert_eq!(in_now, 1);
}

#[tokio::test]
async fn what_is_wrong_on_the_form_of_an_invitation_is_said_beside_it_and_nothing_is_lost() {
    let house = House::start().await;
    let link = house.invite(&house.sign_in().await, DANA).await;
    let visitor = house.stranger();
    let page = visitor.get(&link).await;
    let secret = secret_on(&page);
    for (password, code, problem) in [
        ("short", "000000", ProblemCode::PasswordTooShort),
        ("password1234", "000000", ProblemCode::PasswordCommon),
        ("dana.reed@quillmere", "000000", ProblemCode::PasswordCommon),
        (PHRASE, "00000", ProblemCode::CodeRefused),
    ] {
        let answer = house.send_join(&visitor, &page, password, code).await;
        answer.explains(problem);
        assert_eq!(secret_on(&answer), secret, "nobody scans twice");
        assert_eq!(answer.field("name"), "Dana Reed");
        // The words beside the field may say "short", and one of these passwords is part of the address on the page.
        assert!(!answer.body.contains(&format!("value=\"{password}\"")), "a password is never sent back");
        for field in ["password", "again"] {
            assert_eq!(answer.field(field), "", "{field} is empty");
        }
        assert!(!answer.body.contains("<script"));
    }
    // The same code still counts, because nothing was used up.
    let answer = house.send_join(&visitor, &page, PHRASE, &code_of(&secret, 0)).await;
    assert_eq!(lines_on(&answer).len(), 10, "{}", answer.words());
}

#[tokio::test]
async fn the_owner_suspends_reactivates_links_and_removes_and_it_counts_at_once() {
    let house = House::start().await;
    let owner = house.sign_in().await;
    let member = house.member(DANA).await;
    assert!(owner.get("/accounts").await.says(DANA));
    member.turned_by(&owner, "suspend").await.page.says("suspended");
    assert_eq!(member.visitor.get("/account").await.location(), "/login?next=%2Faccount");
    member.turned_by(&owner, "suspend").await.explains(ProblemCode::AccountChanged);
    member.turned_by(&owner, "reactivate").await;
    let visitor = house.stranger();
    assert_eq!(member.enter(&visitor, PHRASE, &member.code(1)).await.location(), "/");

    let page = format!("/accounts/{}", member.account);
    let ticket = owner.get(&page).await.field("ticket");
    let fields = [("account", member.account.as_str()), ("ticket", &ticket), ("names", "dreed\nDReed, d2")];
    let linked = owner.submit(&page, "/api/accounts/link", &fields).await;
    assert!(linked.page.says("d2, dana.reed@quillmere.example, dreed"), "{}", linked.page.words());
    owner.submit(&page, "/api/accounts/link", &fields).await.explains(ProblemCode::FormUsed);

    assert_eq!(member.turned_by(&owner, "remove").await.post.location(), "/accounts?notice=account-removed");
    assert_eq!(visitor.get("/account").await.location(), "/login?next=%2Faccount");
    owner.get(&page).await.explains(ProblemCode::AccountNotFound);
    for (verb, states) in [
        ("account.suspend", vec![ActState::Done]),
        ("account.reactivate", vec![ActState::Done]),
        ("account.link", vec![ActState::Done]),
        ("account.remove", vec![ActState::Done]),
    ] {
        assert_eq!(house.states_of(verb).await, states, "{verb}");
    }
    // The address is free again.
    house.member(DANA).await;
}

#[tokio::test]
async fn a_new_link_erases_what_was_set_and_ends_what_was_open() {
    let house = House::start().await;
    let owner = house.sign_in().await;
    let member = house.member(DANA).await;
    let ticket = owner.get(&format!("/accounts/{}", member.account)).await.field("ticket");
    let fields = [("account", member.account.as_str()), ("ticket", &ticket)];
    let answer = owner.post("/accounts", "/accounts/again", &fields).await;
    let link = lines_on(&answer).pop().unwrap().strip_prefix(&house.origin).unwrap().to_owned();
    assert_eq!(member.visitor.get("/account").await.location(), "/login?next=%2Faccount");
    assert!(
        member
            .enter(&house.stranger(), PHRASE, &member.code(1))
            .await
            .location()
            .replace("%2D", "-")
            .contains("entry-refused")
    );
    let again = house.join(&link, DANA).await;
    assert_eq!(again.account, member.account);
    assert!(again.visitor.open("/").await.says("Dana Reed"));
}

#[tokio::test]
async fn people_see_and_end_their_own_sign_ins_and_those_of_nobody_else() {
    let house = House::start().await;
    let member = house.member(DANA).await;
    let elsewhere = house.stranger();
    member.enter(&elsewhere, PHRASE, &member.code(1)).await;
    let page = member.visitor.get("/account").await;
    assert!(page.says("127.0.0.1") && page.says("this one"), "{}", page.words());
    let (key, ticket) = (page.field("one"), page.field("ticket"));
    let end = |account: &str, one: &str| {
        vec![
            ("account".to_owned(), account.to_owned()),
            ("ticket".to_owned(), ticket.clone()),
            ("one".to_owned(), one.to_owned()),
        ]
    };
    // A member ends nothing of the owner's.
    let owner = house.sign_in().await;
    let listed = owner.get("/accounts").await;
    let own = listed.body.split("/accounts/").map(|rest| rest.get(..36).unwrap_or_default());
    let own = own
        .filter(|id| id.len() == 36 && *id != member.account && uuid::Uuid::parse_str(id).is_ok())
        .last()
        .unwrap();
    let fields = end(own, "");
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    member.visitor.submit("/account", "/api/accounts/end", &fields).await.explains(ProblemCode::NotAllowed);
    assert!(owner.get("/").await.status.is_success());

    let ticket = member.visitor.get("/account").await.field("ticket");
    let fields = [("account", member.account.as_str()), ("ticket", &ticket), ("one", &key)];
    let sent = member.visitor.submit("/account", "/api/accounts/end", &fields).await;
    assert_eq!(sent.post.location(), "/account?notice=sign-ins-ended");
    assert_eq!(elsewhere.get("/account").await.location(), "/login?next=%2Faccount");
    assert!(member.visitor.get("/account").await.status.is_success());
    // The owner sees and ends those of others.
    let page = format!("/accounts/{}", member.account);
    let ticket = owner.get(&page).await.field("ticket");
    let fields = [("account", member.account.as_str()), ("ticket", &ticket)];
    owner
        .submit(&page, "/api/accounts/end", &fields)
        .await
        .leads_to(&format!("{page}?notice=sign-ins-ended"));
    assert_eq!(member.visitor.get("/account").await.location(), "/login?next=%2Faccount");
}

#[tokio::test]
async fn an_administrator_is_suspended_by_another_and_never_by_themselves() {
    let house = House::start().await;
    let owner = house.sign_in().await;
    let listed = owner.get("/accounts").await;
    let (_, rest) = listed.body.split_once("href=\"/accounts/").unwrap();
    let own = rest[..36].to_owned();
    let ticket = listed.field("ticket");
    let fields = [("account", own.as_str()), ("ticket", &ticket)];
    let page = format!("/accounts/{own}");
    owner.submit(&page, "/api/accounts/suspend", &fields).await.explains(ProblemCode::OwnAccount);
    assert!(!owner.get(&page).await.body.contains("/api/accounts/suspend"));
    house.sql("UPDATE account SET suspended = 1").await;
    assert_eq!(owner.get("/").await.location(), "/login");
    let refused = house.stranger().try_sign_in(house.token()).await;
    assert!(refused.location().replace("%2D", "-").contains("entry-refused"), "{}", refused.location());
    assert_eq!(house.world().manager_sessions(), 1, "the session of the refused sign-in was given back");
}

#[tokio::test]
async fn an_address_that_is_none_or_taken_invites_nobody() {
    let house = House::start().await;
    let owner = house.sign_in().await;
    house.invite(&owner, DANA).await;
    for (email, problem) in [
        ("", ProblemCode::AddressWrong),
        ("dana", ProblemCode::AddressWrong),
        ("dana@", ProblemCode::AddressWrong),
        ("DANA.reed@Quillmere.example ", ProblemCode::AddressTaken),
    ] {
        let ticket = owner.get("/accounts").await.field("ticket");
        let fields = [("email", email), ("ticket", ticket.as_str())];
        owner.submit("/accounts", "/accounts/invite", &fields).await.explains(problem);
    }
    assert_eq!(house.count("member").await, 1);
}

#[tokio::test]
async fn no_secret_of_an_account_is_in_the_database_as_it_is() {
    let house = House::start().await;
    let owner = house.sign_in().await;
    let link = house.invite(&owner, DANA).await;
    let key = link.split_once("key=").unwrap().1.to_owned();
    let member = house.join(&link, DANA).await;
    let secret = member.secret().to_owned();
    let code = member.codes[0].replace('-', "");
    for (file, bytes) in house.database_files() {
        for planted in [PHRASE, &key, &secret, &code, &member.codes[0]] {
            let found = bytes.windows(planted.len()).any(|part| part == planted.as_bytes());
            assert!(!found, "{planted} is in {file}");
        }
    }
}
