<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="zh_CN">
<context>
    <name></name>
    <message>
        <source>打开文件…</source>
        <translation>Open files…</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>打开文件夹…</source>
        <translation>Open folder…</translation>
    </message>
    <message>
        <source>导出工作簿…</source>
        <translation>Export workbook…</translation>
    </message>
    <message>
        <source>导出</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>导出整改清单…</source>
        <translation>Export list for correction…</translation>
    </message>
    <message>
        <source>打开工作区…</source>
        <translation>Open workspace…</translation>
    </message>
    <message>
        <source>收起这份年报</source>
        <translation>Close this report</translation>
    </message>
    <message>
        <source>退出</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>撤销</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>重做</source>
        <translation>Redo</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>粘贴</source>
        <translation>Paste</translation>
    </message>
    <message>
        <source>修改这一格</source>
        <translation>Edit this cell</translation>
    </message>
    <message>
        <source>清空（记为空白）</source>
        <translation>Clear (blank)</translation>
    </message>
    <message>
        <source>这几格核对无误</source>
        <translation>Confirm these cells</translation>
    </message>
    <message>
        <source>恢复为原读数</source>
        <translation>Back to the figure as read</translation>
    </message>
    <message>
        <source>采纳更正</source>
        <translation>Accept correction</translation>
    </message>
    <message>
        <source>原文如此…</source>
        <translation>As printed…</translation>
    </message>
    <message>
        <source>这个问题已核对</source>
        <translation>Problem checked</translation>
    </message>
    <message>
        <source>收回结论</source>
        <translation>Withdraw answer</translation>
    </message>
    <message>
        <source>上一个问题</source>
        <translation>Previous problem</translation>
    </message>
    <message>
        <source>上一个</source>
        <translation>Previous</translation>
    </message>
    <message>
        <source>下一个问题</source>
        <translation>Next problem</translation>
    </message>
    <message>
        <source>下一个没有印证的格</source>
        <translation>Next unproven cell</translation>
    </message>
    <message>
        <source>上一个没有印证的格</source>
        <translation>Previous unproven cell</translation>
    </message>
    <message>
        <source>换到下一个区域</source>
        <translation>Go to the next pane</translation>
    </message>
    <message>
        <source>显示或隐藏年报列表</source>
        <translation>Show or hide the list of reports</translation>
    </message>
    <message>
        <source>原文缩小</source>
        <translation>Reduce source</translation>
    </message>
    <message>
        <source>原文放大</source>
        <translation>Enlarge source</translation>
    </message>
    <message>
        <source>原文适合宽度</source>
        <translation>Fit source to width</translation>
    </message>
    <message>
        <source>快捷键一览</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>关于本程序</source>
        <translation>About this program</translation>
    </message>
    <message>
        <source>记下并到下一行</source>
        <translation>Keep and go down</translation>
    </message>
    <message>
        <source>记下并到下一格</source>
        <translation>Keep and go to the next cell</translation>
    </message>
    <message>
        <source>记下并到上一格</source>
        <translation>Keep and go to the previous cell</translation>
    </message>
    <message>
        <source>放弃正在输入的内容</source>
        <translation>Give up what is being typed</translation>
    </message>
    <message>
        <source>离开表格</source>
        <translation>Leave the table</translation>
    </message>
    <message>
        <source>表二</source>
        <translation>Table 2</translation>
    </message>
    <message>
        <source>表三</source>
        <translation>Table 3</translation>
    </message>
    <message>
        <source>表四</source>
        <translation>Table 4</translation>
    </message>
    <message>
        <source>文字部分</source>
        <translation>Prose</translation>
    </message>
    <message>
        <source>文件(&amp;F)</source>
        <translation>&amp;File</translation>
    </message>
    <message>
        <source>编辑(&amp;E)</source>
        <translation>&amp;Edit</translation>
    </message>
    <message>
        <source>查看(&amp;V)</source>
        <translation>&amp;View</translation>
    </message>
    <message>
        <source>帮助(&amp;H)</source>
        <translation>&amp;Help</translation>
    </message>
    <message>
        <source>剪贴板里没有可以粘贴的数字。</source>
        <translation>There is no figure on the clipboard to paste.</translation>
    </message>
    <message>
        <source>要粘贴的内容超出了表格，没有改动。请从左上角第一个数字的格子开始粘贴。</source>
        <translation>What is to be pasted does not fit into the table; nothing was changed. Start at the cell of its first figure.</translation>
    </message>
    <message>
        <source>保存的内容已损坏，打不开</source>
        <translation>What was kept is damaged and cannot be opened</translation>
    </message>
    <message>
        <source>错误 {count}</source>
        <translation>Errors {count}</translation>
    </message>
    <message>
        <source>警告 {count}</source>
        <translation>Warnings {count}</translation>
    </message>
    <message>
        <source>没有待处理的问题</source>
        <translation>No open problems</translation>
    </message>
    <message>
        <source>已改 {count} 处</source>
        <translation>{count} changed</translation>
    </message>
    <message>
        <source>等待读取</source>
        <translation>Waiting</translation>
    </message>
    <message>
        <source>正在读取…</source>
        <translation>Reading…</translation>
    </message>
    <message>
        <source>正在读取… {percent}%</source>
        <translation>Reading… {percent}%</translation>
    </message>
    <message>
        <source>“{text}”带小数，这里应填整数，没有改动。</source>
        <translation>“{text}” has decimals, but a whole number belongs here; nothing was changed.</translation>
    </message>
    <message>
        <source>“{text}”以 0 开头，不知少打还是多打了数字，没有改动。</source>
        <translation>“{text}” starts with 0, so a digit may be missing or too many; nothing was changed.</translation>
    </message>
    <message>
        <source>“{text}”中间有空格，没有改动。请填一个完整的数字。</source>
        <translation>“{text}” has a gap; nothing was changed. Type one whole number.</translation>
    </message>
    <message>
        <source>“{text}”太长，不像一个数字，没有改动。</source>
        <translation>“{text}” is too long for a figure; nothing was changed.</translation>
    </message>
    <message>
        <source>“{text}”除数字外还有别的字，没有改动。请只填数字。</source>
        <translation>“{text}” holds more than a number; nothing was changed. Type only the number.</translation>
    </message>
    <message>
        <source>“{text}”不是数字，没有改动。请只填数字；要清空请按删除键。</source>
        <translation>“{text}” is not a number; nothing was changed. Type a number, or press Delete for blank.</translation>
    </message>
    <message>
        <source>空白</source>
        <translation>blank</translation>
    </message>
    <message>
        <source>未找到</source>
        <translation>missing</translation>
    </message>
    <message>
        <source>{number}（存疑）</source>
        <translation>{number} (doubtful)</translation>
    </message>
    <message>
        <source>没有读到内容（存疑）</source>
        <translation>nothing was read (doubtful)</translation>
    </message>
    <message>
        <source>“{raw}”（存疑，不是一个数字）</source>
        <translation>“{raw}” (doubtful, not a number)</translation>
    </message>
    <message>
        <source>空白（写的是“{raw}”）</source>
        <translation>blank (“{raw}”)</translation>
    </message>
    <message>
        <source>人工改定</source>
        <translation>decided by a person</translation>
    </message>
    <message>
        <source>原读数：{before}；改为：{after}（{who}，{when}）</source>
        <translation>As read: {before}; changed to: {after} ({who}, {when})</translation>
    </message>
    <message>
        <source>未署名</source>
        <translation>unsigned</translation>
    </message>
    <message>
        <source>✓ {outcome}：{note}</source>
        <translation>✓ {outcome}: {note}</translation>
    </message>
    <message>
        <source>✓ {outcome}（{who}，{when}）</source>
        <translation>✓ {outcome} ({who}, {when})</translation>
    </message>
    <message>
        <source>很可能</source>
        <translation>very likely</translation>
    </message>
    <message>
        <source>较可能</source>
        <translation>likely</translation>
    </message>
    <message>
        <source>有可能</source>
        <translation>possible</translation>
    </message>
    <message>
        <source>原文就是这样写的：数字不改，请填报单位核对。</source>
        <translation>The source says so: keep the figures and ask the reporting body.</translation>
    </message>
    <message>
        <source>、</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{table} “{column}”列：{figures}</source>
        <translation>{table} column “{column}”: {figures}</translation>
    </message>
    <message>
        <source>由勾稽关系推得 {count} 格。{figures}</source>
        <translation>Follows from the totals for {count} cells. {figures}</translation>
    </message>
    <message>
        <source>；</source>
        <translation>; </translation>
    </message>
    <message>
        <source>……还有 {count} 格</source>
        <translation> … and {count} more</translation>
    </message>
    <message>
        <source>详情</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>更正</source>
        <translation>Correct</translation>
    </message>
    <message>
        <source>照录</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>正文</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>办法</source>
        <translation>What to do</translation>
    </message>
</context>
<context>
    <name>AdviceView</name>
    <message>
        <source>说明与建议</source>
        <translation>Explanation</translation>
    </message>
    <message>
        <source>选中一个问题，这里说明原因，并提出可能的更正。</source>
        <translation>Select a problem: its cause and possible corrections are shown here.</translation>
    </message>
    <message>
        <source>以前的结论（{outcome}）是针对别的数字作出的</source>
        <translation>The earlier answer ({outcome}) was about other figures</translation>
    </message>
</context>
<context>
    <name>Answering</name>
    <message>
        <source>请先对照原文中的这一格，再按一次采纳。</source>
        <translation>Compare this cell with the source first, then accept once more.</translation>
    </message>
    <message>
        <source>没有需要改动的内容。</source>
        <translation>There is nothing to change.</translation>
    </message>
    <message>
        <source>这句话在原文中的位置没有记下来。</source>
        <translation>The place of this sentence in the source is not known.</translation>
    </message>
</context>
<context>
    <name>CellEditing</name>
    <message>
        <source>选中的格子里没有需要确认的数字。</source>
        <translation>None of the selected cells has a figure to confirm.</translation>
    </message>
    <message>
        <source>没有需要改动的内容。</source>
        <translation>There is nothing to change.</translation>
    </message>
</context>
<context>
    <name>CellPanel</name>
    <message>
        <source>选中一个格子，这里说明它从哪里来；原文中的位置会同时亮起。</source>
        <translation>Select a cell to see here where it comes from; its place in the source lights up.</translation>
    </message>
    <message>
        <source>，</source>
        <translation>, </translation>
    </message>
    <message>
        <source>{cell}：{figure}</source>
        <translation>{cell}: {figure}</translation>
    </message>
    <message>
        <source>{sentence}（另有 {count} 个问题也涉及这一格）</source>
        <translation>{sentence} ({count} more concern this cell)</translation>
    </message>
    <message>
        <source>请对照原文：有数字就填上，确实没有就按删除键记为空白。</source>
        <translation>Please look at the source: type the figure, or press Delete if there is none.</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>程序出错</source>
        <translation>Program error</translation>
    </message>
    <message>
        <source>程序遇到了没有料到的问题，刚才的操作可能没有完成。
以前的每一步修改都已保存，没有丢失，可以继续工作。
请把下面的内容复制给技术人员。</source>
        <translation>The program met a problem nobody foresaw; what you just did may not be complete.
All earlier changes are saved; nothing is lost, and you can go on.
Please copy the text below for your technician.</translation>
    </message>
    <message>
        <source>复制</source>
        <translation>Copy</translation>
    </message>
</context>
<context>
    <name>DocumentView</name>
    <message>
        <source>原文文字</source>
        <translation>Text of the source</translation>
    </message>
</context>
<context>
    <name>Exporter</name>
    <message>
        <source>{body}{year}年报</source>
        <translation>{body}{year}年报</translation>
    </message>
    <message>
        <source>{body}{year}年报整改清单</source>
        <translation>{body}{year} list for correction</translation>
    </message>
</context>
<context>
    <name>FindingsView</name>
    <message>
        <source>问题</source>
        <translation>Problems</translation>
    </message>
    <message>
        <source>没有其他数字可以印证的格，逐行对照原文（F7）</source>
        <translation>Cells that no other figure confirms: compare them with the source row by row (F7)</translation>
    </message>
    <message>
        <source>没有印证 {count} 格</source>
        <translation>Unproven {count}</translation>
    </message>
    <message>
        <source>显示或隐藏这一类</source>
        <translation>Show or hide this kind</translation>
    </message>
    <message>
        <source>问题 {count}</source>
        <translation>Problems {count}</translation>
    </message>
    <message>
        <source>打开一份年报后，这里列出要核对的地方。</source>
        <translation>Open a report to see here what has to be checked.</translation>
    </message>
    <message>
        <source>这几类已经隐藏，点右上角的按钮可以重新显示。</source>
        <translation>These kinds are hidden; the buttons at the top right show them again.</translation>
    </message>
    <message>
        <source>勾稽关系全部成立，没有发现别的问题。
合计相符不等于数字都对：行和列有没有错位，还请对照原文看一眼。</source>
        <translation>All totals agree, and nothing else was found.
Totals that agree do not prove the figures: please compare rows and columns with the source.</translation>
    </message>
</context>
<context>
    <name>FormView</name>
    <message>
        <source>文字部分</source>
        <translation>Prose</translation>
    </message>
    <message>
        <source>没有认出机关名称</source>
        <translation>Body not recognised</translation>
    </message>
    <message>
        <source>{year} 年度</source>
        <translation>{year}</translation>
    </message>
    <message>
        <source>没有认出年度</source>
        <translation>year not recognised</translation>
    </message>
    <message>
        <source>没有找到表格，按 {name} 手工填写</source>
        <translation>No table found; to be filled in by hand ({name})</translation>
    </message>
</context>
<context>
    <name>KeysDialog</name>
    <message>
        <source>快捷键一览</source>
        <translation>Keys</translation>
    </message>
    <message>
        <source>在表格里</source>
        <translation>In the tables</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>zh_CN</source>
        <translation>en</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>正在导出…</source>
        <translation>Exporting…</translation>
    </message>
    <message>
        <source>政务公开年报审核台</source>
        <translation>gkdesk Report Review</translation>
    </message>
    <message>
        <source>每一步修改都会自动保存</source>
        <translation>Every change is saved at once</translation>
    </message>
    <message>
        <source>每一步修改都已保存（{clock}）</source>
        <translation>All changes are saved ({clock})</translation>
    </message>
    <message>
        <source>已导出：{path}</source>
        <translation>Exported: {path}</translation>
    </message>
    <message>
        <source>工具栏</source>
        <translation>Toolbar</translation>
    </message>
</context>
<context>
    <name>PageView</name>
    <message>
        <source>原文页面</source>
        <translation>Pages of the source</translation>
    </message>
    <message>
        <source>当前位置在第 {0} 页</source>
        <translation>The current place is on page {0}</translation>
    </message>
    <message>
        <source>正在显示第 {0} 页…</source>
        <translation>Drawing page {0}…</translation>
    </message>
    <message>
        <source>第 {0} 页无法显示</source>
        <translation>Page {0} cannot be shown</translation>
    </message>
</context>
<context>
    <name>ProseView</name>
    <message>
        <source>一、总体情况</source>
        <translation>1. Overview</translation>
    </message>
    <message>
        <source>五、存在的主要问题及改进情况</source>
        <translation>5. Problems and improvements</translation>
    </message>
    <message>
        <source>六、其他需要报告的事项</source>
        <translation>6. Other matters</translation>
    </message>
    <message>
        <source>没有读到这一部分。</source>
        <translation>This part was not found.</translation>
    </message>
</context>
<context>
    <name>Questions</name>
    <message>
        <source>年报</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>所有文件</source>
        <translation>All files</translation>
    </message>
    <message>
        <source>打开年报</source>
        <translation>Open reports</translation>
    </message>
    <message>
        <source>打开整个文件夹</source>
        <translation>Open a whole folder</translation>
    </message>
    <message>
        <source>打开或新建工作区</source>
        <translation>Open or create a workspace</translation>
    </message>
    <message>
        <source>工作区 (*.gkdesk)</source>
        <translation>Workspace (*.gkdesk)</translation>
    </message>
    <message>
        <source>导出工作簿</source>
        <translation>Export workbook</translation>
    </message>
    <message>
        <source>Excel 工作簿 (*.xlsx)</source>
        <translation>Excel workbook (*.xlsx)</translation>
    </message>
    <message>
        <source>Word 文档 (*.docx)</source>
        <translation>Word document (*.docx)</translation>
    </message>
    <message>
        <source>导出整改清单</source>
        <translation>Export list for correction</translation>
    </message>
    <message>
        <source>{sentence}

原文就是这样写的，不作更正。备注（可以不填）：</source>
        <translation>{sentence}

The source says so; nothing is corrected. Remark (optional):</translation>
    </message>
    <message>
        <source>原文如此</source>
        <translation>As printed</translation>
    </message>
    <message>
        <source>“{name}”有密码保护，请输入密码：</source>
        <translation>“{name}” is protected; please enter its password:</translation>
    </message>
    <message>
        <source>密码不对。</source>
        <translation>That password is wrong. </translation>
    </message>
    <message>
        <source>需要密码</source>
        <translation>Password needed</translation>
    </message>
    <message>
        <source>要从列表中删除“{name}”吗？
它的修改记录也会一起删除，不能撤销。原来的文件不受影响。</source>
        <translation>Remove “{name}” from the list?
Its record of changes is removed too; this cannot be undone. The file itself stays.</translation>
    </message>
    <message>
        <source>删除年报</source>
        <translation>Remove report</translation>
    </message>
    <message>
        <source>删除</source>
        <translation>Remove</translation>
    </message>
    <message>
        <source>不删除</source>
        <translation>Keep</translation>
    </message>
    <message>
        <source>没有完成</source>
        <translation>Not done</translation>
    </message>
    <message>
        <source>政务公开年报审核台
把政府信息公开工作年度报告与原文对照，核对勾稽关系，导出官方表样的工作簿。
不联网，数据只保存在这台电脑上。</source>
        <translation>gkdesk Report Review
Compares annual reports on government information disclosure with their source, checks the totals, exports the official workbook.
Works offline; all data stay on this computer.</translation>
    </message>
    <message>
        <source>关于本程序</source>
        <translation>About this program</translation>
    </message>
    <message>
        <source>语言</source>
        <translation>Language</translation>
    </message>
</context>
<context>
    <name>ReportList</name>
    <message>
        <source>全部取消</source>
        <translation>Cancel all</translation>
    </message>
    <message>
        <source>年报 {count} 份</source>
        <translation>Reports {count}</translation>
    </message>
    <message>
        <source>年报</source>
        <translation>Reports</translation>
    </message>
    <message>
        <source>还有 {count} 份在读取</source>
        <translation>{count} still being read</translation>
    </message>
    <message>
        <source>打开</source>
        <translation>Open</translation>
    </message>
    <message>
        <source>从列表中删除…</source>
        <translation>Remove from the list…</translation>
    </message>
    <message>
        <source>再试一次</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>从列表中去掉</source>
        <translation>Take off the list</translation>
    </message>
    <message>
        <source>取消读取</source>
        <translation>Stop reading</translation>
    </message>
</context>
<context>
    <name>SourceLink</name>
    <message>
        <source>正在打开原文…</source>
        <translation>Opening the source…</translation>
    </message>
    <message>
        <source>这是从本程序导出的工作簿，没有原文可以对照。</source>
        <translation>This workbook was exported by this program; there is no source to compare with.</translation>
    </message>
</context>
<context>
    <name>SourceView</name>
    <message>
        <source>原文</source>
        <translation>Source</translation>
    </message>
    <message>
        <source>这份文件里没有可以显示的文字。</source>
        <translation>There is no text to show in this file.</translation>
    </message>
    <message>
        <source>把年报文件拖到这里，或按 Ctrl+O 打开</source>
        <translation>Drop a report here, or press Ctrl+O to open one</translation>
    </message>
    <message>
        <source>缩小（Ctrl+-）</source>
        <translation>Reduce (Ctrl+-)</translation>
    </message>
    <message>
        <source>显示为实际大小（1）</source>
        <translation>Actual size (1)</translation>
    </message>
    <message>
        <source>放大（Ctrl++）</source>
        <translation>Enlarge (Ctrl++)</translation>
    </message>
    <message>
        <source>适合宽度（Ctrl+0）</source>
        <translation>Fit to width (Ctrl+0)</translation>
    </message>
    <message>
        <source>第 {0} 页，共 {1} 页</source>
        <translation>Page {0} of {1}</translation>
    </message>
</context>
<context>
    <name>UnprovenWalk</name>
    <message>
        <source>每一格都已得到印证，或已核对过。</source>
        <translation>Every cell is proven or has been checked.</translation>
    </message>
    <message>
        <source>还有 {count} 格没有印证，其中 {zeros} 格为 0。对照原文无误后按 {key}，再按 F7 到下一行。</source>
        <translation>{count} cells are unproven, {zeros} of them zero. If they agree with the source press {key}, then F7 for the next row.</translation>
    </message>
</context>
<context>
    <name>WelcomeView</name>
    <message>
        <source>把年报文件或文件夹拖到这里</source>
        <translation>Drop reports or folders here</translation>
    </message>
    <message>
        <source>可以打开 PDF、OFD、Word、WPS、Excel、网页、邮件、文本、扫描件和照片，文件夹和压缩包也可以</source>
        <translation>PDF, OFD, Word, WPS, Excel, web pages, mails, text, scans and photographs; folders and archives too</translation>
    </message>
    <message>
        <source>选择文件…</source>
        <translation>Choose files…</translation>
    </message>
</context>
</TS>
