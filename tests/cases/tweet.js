window.YTD.tweet.part0 = [
 {
  "edit_info": {
   "initial": {
    "editTweetIds": [
     "1"
    ]
   }
  },
  "retweeted": false,
  "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
  "display_text_range": [
   "0",
   "10"
  ],
  "favorite_count": "0",
  "id_str": "1",
  "truncated": false,
  "retweet_count": "0",
  "id": "1",
  "created_at": "Thu May 02 20:05:11 +0000 2019",
  "favorited": false,
  "full_text": "أغلقت شرطة المرور طريق الميناء أمام الشاحنات حتى نهاية الأسبوع بسبب أعمال الصيانة.",
  "lang": "ar"
 }
]