window.YTD.tweets.part0 = [
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1768357000000000001"
     ]
    }
   },
   "retweeted": false,
   "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
   "entities": {
    "hashtags": [
     {
      "text": "المرسى",
      "indices": [
       "0",
       "1"
      ]
     }
    ],
    "symbols": [],
    "user_mentions": [],
    "urls": [
     {
      "url": "https://t.co/aaa",
      "expanded_url": "https://marsa.example/n/1",
      "display_url": "marsa.example/n/1",
      "indices": [
       "0",
       "1"
      ]
     }
    ],
    "media": [
     {
      "url": "https://t.co/ppp",
      "expanded_url": "https://twitter.com/x/status/1768357000000000001/photo/1",
      "media_url_https": "https://pbs.example/a.jpg",
      "type": "photo"
     }
    ]
   },
   "display_text_range": [
    "0",
    "10"
   ],
   "favorite_count": "0",
   "id_str": "1768357000000000001",
   "truncated": false,
   "retweet_count": "0",
   "id": "1768357000000000001",
   "created_at": "Thu Mar 14 20:05:11 +0000 2024",
   "favorited": false,
   "full_text": "افتتح رئيس بلدية المرسى خالد الدوسري صباح الأحد سوق الخضار الجديد بعد أعمال بناء استمرت سنة ونصف السنة. https://t.co/aaa #المرسى https://t.co/ppp",
   "lang": "ar"
  }
 },
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1768357000000000002"
     ]
    }
   },
   "retweeted": false,
   "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
   "entities": {
    "hashtags": [],
    "symbols": [],
    "user_mentions": [],
    "urls": []
   },
   "display_text_range": [
    "0",
    "10"
   ],
   "favorite_count": "0",
   "id_str": "1768357000000000002",
   "truncated": false,
   "retweet_count": "0",
   "id": "1768357000000000002",
   "created_at": "Fri Mar 15 22:30:00 +0000 2024",
   "favorited": false,
   "full_text": "RT @marsa_news: أعلنت هيئة الأرصاد في دمنار أن أمطارا غزيرة ستهطل على الساحل مساء الثلاثاء، ودعت الصيادين …",
   "lang": "ar"
  }
 },
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1768357000000000003"
     ]
    }
   },
   "retweeted": false,
   "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
   "entities": {
    "hashtags": [],
    "symbols": [],
    "user_mentions": [],
    "urls": []
   },
   "display_text_range": [
    "0",
    "10"
   ],
   "favorite_count": "0",
   "id_str": "1768357000000000003",
   "truncated": false,
   "retweet_count": "0",
   "id": "1768357000000000003",
   "created_at": "Sat Mar 16 08:00:00 +0000 2024",
   "favorited": false,
   "full_text": "@marsa_news وهل يشمل ذلك &lt;الصيادين&gt; أيضا؟",
   "lang": "ar",
   "in_reply_to_status_id_str": "1768357000000000002",
   "in_reply_to_screen_name": "marsa_news",
   "in_reply_to_user_id_str": "9"
  }
 },
 {
  "tweet": {
   "edit_info": {
    "initial": {
     "editTweetIds": [
      "1768357000000000004"
     ]
    }
   },
   "retweeted": false,
   "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
   "entities": {
    "hashtags": [],
    "symbols": [],
    "user_mentions": [],
    "urls": [],
    "media": [
     {
      "url": "https://t.co/qqq",
      "expanded_url": "https://twitter.com/x/status/1768357000000000004/photo/1",
      "media_url_https": "https://pbs.example/a.jpg",
      "type": "photo"
     }
    ]
   },
   "display_text_range": [
    "0",
    "10"
   ],
   "favorite_count": "0",
   "id_str": "1768357000000000004",
   "truncated": false,
   "retweet_count": "0",
   "id": "1768357000000000004",
   "created_at": "Sat Mar 16 09:00:00 +0000 2024",
   "favorited": false,
   "full_text": "https://t.co/qqq",
   "lang": "ar"
  }
 }
]