//! The page of the connection doctor, as a browser without scripts shows it.

use model::ProblemCode;
use operations::Reality;
use simulator::{Fault, FaultKind};

use crate::house::{Answer, House, Plan};

/// An address that nothing else is like.
const REGIONS: &str = "/api/v1/regions";

/// How many of how many answered, as the page says first.
fn tally(page: &Answer) -> (u32, u32) {
    let words = page.words();
    let (before, _) = words.split_once(" answered").unwrap_or_else(|| panic!("no tally: {words}"));
    let mut last = before.rsplit(' ');
    let tried = last.next().unwrap().parse().unwrap();
    assert_eq!(last.next(), Some("of"), "{words}");
    (last.next().unwrap().parse().unwrap(), tried)
}

#[tokio::test]
async fn nobody_is_asked_before_the_button_is_pressed() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    visitor.get("/connection").await;
    let before = house.world().requests().len();
    let page = visitor.get("/doctor").await;
    assert!(page.says("Try everything") && page.says("user.batch_details"), "{}", page.words());
    assert!(!page.says("answered"), "nothing is claimed before it was tried: {}", page.words());
    assert_eq!(house.world().requests().len(), before);
}

#[tokio::test]
async fn a_round_says_what_answered_and_what_is_only_inferred() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    let site = house.connected_site().await;
    visitor.get(&format!("/jobs/{}", house.world().job("import-partial").unwrap())).await;
    let page = visitor.get("/doctor?try=now").await;
    assert_eq!(page.status.as_u16(), 200);
    for words in [
        "All is well: ",
        "The clocks agree.",
        "None met since Steward started.",
        "20 calls a second",
        "inferred and it answers",
        &format!("Site {}", site.name),
        "3 of 3 answered",
    ] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    let (answered, tried) = tally(&page);
    assert!(answered == tried && tried >= 19, "{answered} of {tried}: {}", page.words());
    assert!(!page.body.contains("id=\"problems-title\""), "there is nothing to mend: {}", page.words());
}

#[tokio::test]
async fn a_bad_day_is_told_in_parts_with_what_to_do_and_a_link_for_each_code() {
    let house = House::start().await;
    let visitor = house.sign_in().await;
    house.world().inject(Fault::status(404).on("GET", REGIONS));
    house.world().inject(Fault::new(FaultKind::Html).on("GET", "/locations"));
    house.world().advance(std::time::Duration::from_secs(3_600));
    let page = visitor.get("/doctor?try=now").await;
    assert_eq!(page.status.as_u16(), 200, "a report of bad news is a good answer");
    for words in [
        "The clocks differ.",
        "Tableau does not know this address.",
        "compare the address with the vendor's reference",
        "often a proxy or a sign-in page in between",
        "Tableau's clock is 1 h 0 min ahead of this machine's.",
        "take its time from the network",
        "404 in ",
        "At regions.list.",
    ] {
        assert!(page.says(words), "{words}: {}", page.words());
    }
    let (answered, tried) = tally(&page);
    assert_eq!(answered + 2, tried, "{}", page.words());
    for code in [ProblemCode::VendorNotFound, ProblemCode::VendorGarbled] {
        let href = format!("/codes/{}", code.word());
        assert!(page.body.contains(&format!("href=\"{href}\"")), "{href}");
        assert_eq!(visitor.get(&href).await.status.as_u16(), 200);
    }
}

#[tokio::test]
async fn an_inferred_change_is_unlocked_here_too_and_never_tried() {
    let house = House::built(Plan { reality: Reality::Real, ..Plan::default() }).await;
    let visitor = house.sign_in().await;
    let before = house.sent_changes();
    let page = visitor.get("/doctor?try=now").await;
    assert!(page.says("Unlock site.suspend") && page.says("needs no unlock"), "{}", page.words());
    assert_eq!(
        (house.sent_changes() - before, house.applied()),
        (1, 0),
        "the addresses of a site's log are asked for by POST"
    );
    let ticket = page.field("ticket");
    let unchecked = [("operation", "site.suspend"), ("ticket", ticket.as_str())];
    let sent = visitor.submit("/doctor", "/api/connection/unlock", &unchecked).await;
    sent.explains(ProblemCode::NotConfirmed);
    let checked = [unchecked[0], unchecked[1], ("checked", "yes")];
    let sent = visitor.submit("/doctor", "/api/connection/unlock", &checked).await;
    sent.leads_to("/connection?notice=operation-unlocked");
    let page = visitor.get("/doctor").await;
    assert!(!page.says("Unlock site.suspend") && page.says("Unlock site.reactivate"), "{}", page.words());
}

#[tokio::test]
async fn a_tableau_that_hangs_everywhere_is_given_up_and_told() {
    let house = House::hasty(std::time::Duration::from_millis(300)).await;
    let visitor = house.sign_in().await;
    house.world().inject(Fault::new(FaultKind::Hang));
    let page = visitor.get("/doctor?try=now").await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.says("Tableau did not answer in time."), "{}", page.words());
    assert!(page.says("0 of ") && page.says("not tried"), "{}", page.words());
    assert!(page.says("Tableau told no time"), "{}", page.words());
}
