using AITrader.Learning.Evaluation;
using AITrader.Learning.Sentiment;
using AITrader.TestSupport;

namespace AITrader.Learning.Tests.Sentiment;

public sealed class SentimentRowsTests
{
    [Fact]
    public void A_file_may_quote_and_name_its_labels_either_way()
    {
        using var text = new StringReader("text,label\r\n\"a, \"\"b\"\"\nc\",0\r\nplain,Bullish\nlast,2");
        Assert.Equal(
            [
                new("a, \"b\"\nc", SentimentLabel.Negative),
                new("plain", SentimentLabel.Positive),
                new SentimentRow("last", SentimentLabel.Neutral),
            ],
            SentimentFile.Read(text)
        );
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a,b\nx,1", "columns text and label")]
    [InlineData("text,label\nx,9", "Row 1")]
    [InlineData("text,label\nx,1\ny", "row 2")]
    [InlineData("text,label\n\"x,1", "row 1")]
    public void A_file_that_is_something_else_is_refused(string content, string reason)
    {
        using var text = new StringReader(content);
        Assert.Contains(reason, Assert.Throws<InvalidDataException>(() => SentimentFile.Read(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_test_of_two_classifiers_is_that_of_their_disagreements()
    {
        // Ten rows the first alone had right, two the second: 79 of 4096.
        bool[] first = [.. Enumerable.Repeat(true, 10), false, false, true, false];
        bool[] second = [.. Enumerable.Repeat(false, 10), true, true, true, false];
        Assert.Equal(79.0 / 4096, McNemar.FirstIsBetterP(first, second), 12);
        Assert.Equal(1, McNemar.FirstIsBetterP(first, first));
        Assert.Throws<ArgumentException>(() => McNemar.FirstIsBetterP(first, [true]));
    }

    [Fact]
    public void Parts_are_fixed_and_no_text_of_one_is_about_the_same_as_one_of_another()
    {
        var rows = SentimentFile.Read(SharedData.Require("sentiment-twitter/twitter_financial_news_dev.csv"));
        Assert.Equal(1_194, rows.Count);
        var split = SentimentSplit.Of(rows, seed: 1);
        Assert.Equal((820, 126, 235, 13), (split.Training.Count, split.Validation.Count, split.HeldOut.Count, split.Dropped));
        Assert.Equal(split.HeldOut, SentimentSplit.Of([.. rows.Reverse()], seed: 1).HeldOut);
        Assert.NotEqual(split.HeldOut, SentimentSplit.Of(rows, seed: 2).HeldOut);
        foreach (var held in split.HeldOut)
        {
            var words = SentimentSplit.WordsOf(held.Text);
            Assert.DoesNotContain(split.Training.Concat(split.Validation), row =>
            {
                var other = SentimentSplit.WordsOf(row.Text);
                var common = words.Count(other.Contains);
                return common >= 0.7 * (words.Count + other.Count - common);
            });
        }
    }

    [Fact]
    public void Links_tickers_numbers_and_case_do_not_make_another_text() =>
        Assert.Equal(
            SentimentSplit.WordsOf("$AMZN cut to $18 at Deutsche Bank https://t.co/a1B2"),
            SentimentSplit.WordsOf("cut to $25.10 at DEUTSCHE bank $WWE https://t.co/zzz")
        );

    [Theory]
    [InlineData("Shares surged on record profit", SentimentLabel.Positive)]
    [InlineData("Moody's downgrades, outlook cut", SentimentLabel.Negative)]
    [InlineData("no growth", SentimentLabel.Negative)]
    [InlineData("The board meets on Monday", SentimentLabel.Neutral)]
    [InlineData("", SentimentLabel.Neutral)]
    public void The_lexicon_counts_words(string text, SentimentLabel label) => Assert.Equal(label, FinanceLexicon.Judge(text));

    [Fact]
    public void Scores_of_classes_are_those_worked_out_by_hand()
    {
        var score = ClassificationScore.Of([0, 0, 1, 2, 2, 2], [0, 1, 1, 2, 2, 0], 3);
        Assert.Equal(4.0 / 6, score.Accuracy, 12);
        Assert.Equal([0.5, 2.0 / 3, 0.8], score.F1, static (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal((0.5 + (2.0 / 3) + 0.8) / 3, score.MacroF1, 12);
        Assert.Equal(1.0 / 3 * (2 * 1.0 / 3), ClassificationScore.Of([0, 1], [0, 0], 3).MacroF1, 12);
        Assert.Throws<ArgumentException>(() => ClassificationScore.Of([], [], 3));
    }
}
