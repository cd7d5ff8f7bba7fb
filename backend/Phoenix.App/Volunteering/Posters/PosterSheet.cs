using Phoenix.App.Http.Papers;

namespace Phoenix.App.Volunteering.Posters;

/// <summary>A poster on one A4 page: letters as large as all of it allows, the code below.</summary>
/// <param name="Community">The community's name.</param>
/// <param name="Phone">The community's number.</param>
/// <param name="Title">The activity's title.</param>
/// <param name="Rows">Labels and what stands beside them.</param>
/// <param name="Code">The code's image.</param>
internal sealed record PosterSheet(string Community, string Phone, string Title, IReadOnlyList<(string Label, string Text)> Rows, byte[] Code)
{
    private const double CodeSize = 210;
    private const double CodeTop = Paper.Bottom - CodeSize;
    private const double RowGap = 6;
    private const double TitleGap = 16;

    // Sizes in points, largest first: to be read from two metres where the words are few.
    private static readonly (double Title, double Row)[] s_sizes = [(60, 28), (56, 25), (50, 22), (44, 20), (38, 18), (34, 16), (30, 14), (26, 12), (22, 10)];

    /// <summary>Writes it.</summary>
    public void Write(Paper paper)
    {
        paper.Column($"{Community}志愿服务活动", Paper.Font(20), Paper.Left, Width, isBright: true);
        paper.Skip(8);
        paper.Rule(5);
        paper.Skip(18);
        var fitting = s_sizes.FirstOrDefault(s => paper.Y + HeightAt(paper, s) <= CodeTop, s_sizes[^1]);
        paper.Column(Title, Paper.Font(fitting.Title, bold: true), Paper.Left, Width);
        paper.Skip(TitleGap);
        var (label, text, indent) = (Paper.Font(fitting.Row, bold: true), Paper.Font(fitting.Row), IndentAt(fitting.Row));
        foreach (var row in Rows)
        {
            paper.Put(row.Label, label, Paper.Left, paper.Y);
            paper.Column(row.Text, text, Paper.Left + indent, Width - indent);
            paper.Skip(RowGap);
        }

        Foot(paper);
    }

    private static double Width => Paper.Right - Paper.Left;

    private static double IndentAt(double size) => size * 3;

    private double HeightAt(Paper paper, (double Title, double Row) sizes)
    {
        var (font, width) = (Paper.Font(sizes.Row), Width - IndentAt(sizes.Row));
        return paper.ColumnHeight(Title, Paper.Font(sizes.Title, bold: true), Width) + TitleGap + Rows.Sum(r => paper.ColumnHeight(r.Text, font, width) + RowGap);
    }

    private void Foot(Paper paper)
    {
        const double Beside = Paper.Left + CodeSize + 24;
        paper.Image(Code, Paper.Left, CodeTop, CodeSize);
        paper.Skip(CodeTop + 8 - paper.Y);
        paper.Column("微信扫一扫", Paper.Font(28, bold: true), Beside, Paper.Right - Beside, isBright: true);
        paper.Column("看详情、报名", Paper.Font(24), Beside, Paper.Right - Beside, isBright: true);
        paper.Skip(14);
        paper.Column("参加活动不收任何费用。", Paper.Font(20, bold: true), Beside, Paper.Right - Beside);
        paper.Column("有人收钱，请打电话告诉社区：", Paper.Font(15), Beside, Paper.Right - Beside);
        paper.Column(Phone, Paper.Font(20, bold: true), Beside, Paper.Right - Beside);
    }
}
